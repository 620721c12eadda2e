import type { AssetDao } from '@cnop/dao-inventory';
import {
  assertAssetIdFree,
  assetCategorySchema,
  assetCreateSchema,
  assetListResponseSchema,
  assetResponseSchema,
  assetStatusSchema,
  assetUpdateSchema,
  priceUpdateSchema,
  tickListResponseSchema,
  toAssetListResponse,
  toAssetResponse,
  toTickListResponse,
} from '@cnop/entities-inventory';
import { noBody, noQuery } from '@cnop/middleware';
import { assetIdSchema, pageSchema, timestampSchema } from '@cnop/validation';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import * as z from 'zod';

/** What the routes of assets work with. */
export interface AssetRoutesOptions {
  readonly assets: AssetDao;
}

const tags = ['assets'];
const shared = { tags, querystring: noQuery };
const admin = { access: { roles: ['admin'] } } as const;
const params = z.strictObject({ assetId: assetIdSchema });
const response = { 200: assetResponseSchema };
const querystring = pageSchema.extend({
  status: assetStatusSchema.optional(),
  category: assetCategorySchema.optional(),
});
const ticksQuerystring = pageSchema.extend({
  from: timestampSchema.optional().describe('The earliest `asOf`.'),
  to: timestampSchema.optional().describe('The latest `asOf`.'),
});
const assetChangeSchema = z
  .strictObject({
    expectedVersion: z
      .int()
      .min(1)
      .describe('The `termsVersion` that was read; another one by now refuses the change.'),
    ...assetUpdateSchema.shape,
  })
  .refine((change) => Object.keys(change).length > 1, { error: 'Name at least one field to change.' })
  .meta({ title: 'AssetChange' });

/** `/v1/assets`: anybody looks, administrators make and change them, the price feed sets prices. */
export const assetRoutes: FastifyPluginCallbackZod<AssetRoutesOptions> = (service, { assets }, done) => {
  service.get(
    '/v1/assets',
    {
      config: { access: 'public' },
      schema: {
        tags,
        operationId: 'listAssets',
        summary: 'Lists assets by status, category or both; where neither is named, those open for trade.',
        description:
          'From an index, which follows what is written: an asset that was just made or changed may be missing, or be shown as it was, ' +
          'for a moment. `GET /v1/assets/{assetId}` shows it as it is.',
        querystring,
        response: { 200: assetListResponseSchema },
      },
    },
    async ({ query }) => {
      const namesNeither = query.status === undefined && query.category === undefined;

      return toAssetListResponse(await assets.getAssets(namesNeither ? { ...query, status: 'ACTIVE' } : query));
    },
  );
  service.get(
    '/v1/assets/:assetId',
    {
      config: { access: 'public' },
      schema: { ...shared, operationId: 'getAsset', summary: 'Shows one asset.', params, response },
    },
    async ({ params: { assetId } }) => toAssetResponse(await assets.getAsset(assetId)),
  );
  service.get(
    '/v1/assets/:assetId/ticks',
    {
      config: { access: 'public' },
      schema: {
        tags,
        operationId: 'listTicks',
        summary: 'Lists the accepted prices of an asset, the oldest first.',
        description: 'Those observed from `from` to `to`, both included. They are kept for 97 days.',
        params,
        querystring: ticksQuerystring,
        response: { 200: tickListResponseSchema },
      },
    },
    async ({ params: { assetId }, query }) => {
      const asset = await assets.getAsset(assetId);

      return toTickListResponse(await assets.getTicks({ ...query, assetId }), asset);
    },
  );
  service.post(
    '/v1/assets',
    {
      config: admin,
      preValidation: refuseCurrency,
      schema: {
        ...shared,
        operationId: 'createAsset',
        summary: 'Makes an asset, not yet priced.',
        body: assetCreateSchema,
        response: { 201: assetResponseSchema },
      },
    },
    async ({ body }, reply) => {
      reply.code(201);
      return toAssetResponse(await assets.createAsset(body));
    },
  );
  service.patch(
    '/v1/assets/:assetId',
    {
      config: admin,
      schema: {
        ...shared,
        operationId: 'updateAsset',
        summary: 'Changes texts, category, minimums or the terms of standing orders.',
        params,
        body: assetChangeSchema,
        response,
      },
    },
    async ({ params: { assetId }, body: { expectedVersion, ...changes } }) =>
      toAssetResponse(await assets.updateAsset({ assetId, expectedVersion, changes })),
  );
  service.post(
    '/v1/assets/:assetId/activate',
    {
      config: admin,
      schema: {
        ...shared,
        operationId: 'activateAsset',
        summary: 'Opens an asset for trade.',
        params,
        body: noBody,
        response,
      },
    },
    async ({ params: { assetId } }) => toAssetResponse(await assets.activateAsset(assetId)),
  );
  service.post(
    '/v1/assets/:assetId/deactivate',
    {
      config: admin,
      schema: {
        ...shared,
        operationId: 'deactivateAsset',
        summary: 'Closes an asset for trade.',
        params,
        body: noBody,
        response,
      },
    },
    async ({ params: { assetId } }) => toAssetResponse(await assets.deactivateAsset(assetId)),
  );
  service.post(
    '/v1/assets/:assetId/pause-triggers',
    {
      config: admin,
      schema: {
        ...shared,
        operationId: 'pauseTriggers',
        summary: 'Pauses the triggers of an asset: no price accepted from then on triggers a standing order.',
        params,
        body: noBody,
        response,
      },
    },
    async ({ params: { assetId } }) => toAssetResponse(await assets.pauseTriggers(assetId)),
  );
  service.post(
    '/v1/assets/:assetId/resume-triggers',
    {
      config: admin,
      schema: {
        ...shared,
        operationId: 'resumeTriggers',
        summary: 'Resumes the triggers of an asset, from the next price on.',
        params,
        body: noBody,
        response,
      },
    },
    async ({ params: { assetId } }) => toAssetResponse(await assets.resumeTriggers(assetId)),
  );
  service.put(
    '/v1/assets/:assetId/price',
    {
      config: { access: { roles: ['price-feed'] } },
      schema: {
        ...shared,
        operationId: 'setPrice',
        summary: 'Stores a price, unless a newer one is stored already.',
        params,
        body: priceUpdateSchema,
        response,
      },
    },
    async ({ params: { assetId }, body }) => toAssetResponse(await assets.setPrice({ ...body, assetId })),
  );
  done();
};

/** An id that is the code of a currency has an error of its own, which tells it from one that is badly written. */
function refuseCurrency({ body }: FastifyRequest, _reply: unknown, next: (error?: Error) => void): void {
  const { assetId } = Object(body) as { readonly assetId?: unknown };

  try {
    if (typeof assetId === 'string') assertAssetIdFree(assetId);
    next();
  } catch (error) {
    next(error as Error);
  }
}
