import { orderListResponseSchema, orderResponseSchema } from '@cnop/entities-order';
import { noBody, noQuery } from '@cnop/middleware';
import { assetIdSchema, orderIdSchema, pageSchema } from '@cnop/validation';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import * as z from 'zod';
import type { OrderRoutesOptions } from './order-routes-options.ts';
import { sendOrder, shownPage } from './shown-order.ts';

const tags = ['orders'];
const access = { roles: ['admin'] } as const;
const params = z.strictObject({ orderId: orderIdSchema });
const response = { 200: orderResponseSchema };
const closedOrdersSchema = z
  .strictObject({
    closed: z.int().min(0).describe('How many orders this request ended.'),
    endRequested: z.int().min(0).describe('How many orders this request asked a venue to end.'),
    failed: z
      .array(z.strictObject({ orderId: orderIdSchema, code: z.string() }))
      .describe('Those that could not be ended, each with the code of the problem.'),
  })
  .meta({ title: 'ClosedOrders' });

/** What administrators do with the orders of others: refund one, resume one that was set aside, close those of a delisted asset. */
export const adminRoutes: FastifyPluginCallbackZod<OrderRoutesOptions> = (service, { flow, orders }, done) => {
  service.post(
    '/v1/orders/:orderId/refund',
    {
      config: { access, replayed: true },
      schema: {
        tags,
        operationId: 'refundOrder',
        summary: 'Undoes the fills of an order that is over, once.',
        querystring: noQuery,
        params,
        body: noBody,
        response,
      },
    },
    async ({ params: { orderId }, user }, reply) =>
      await sendOrder(flow, reply, await flow.refundOrder({ orderId, actor: user.username })),
  );
  service.post(
    '/v1/admin/orders/:orderId/resume',
    {
      config: { access, replayed: true },
      schema: {
        tags,
        operationId: 'resumeOrder',
        summary: 'Brings an order back that was set aside.',
        description:
          'What is due of it by the log of prices is done at once, at the price of then; else it waits again.',
        querystring: noQuery,
        params,
        body: noBody,
        response,
      },
    },
    async ({ params: { orderId }, user }, reply) =>
      await sendOrder(flow, reply, await flow.resumeOrder({ orderId, actor: user.username })),
  );
  service.get(
    '/v1/admin/orders',
    {
      config: { access },
      schema: {
        tags,
        operationId: 'listOrdersSetAside',
        summary: 'Lists the orders of an asset that were set aside, oldest first.',
        description: 'Their execution failed repeatedly: they are out of reach of prices, and keep what they hold.',
        querystring: pageSchema.extend({ setAside: z.literal('true'), assetId: assetIdSchema }),
        response: { 200: orderListResponseSchema },
      },
    },
    async ({ query: { assetId, limit, cursor } }) =>
      await shownPage(flow, await orders.getOrdersSetAside({ assetId, limit, cursor })),
  );
  service.post(
    '/v1/admin/assets/:assetId/close-orders',
    {
      config: { access },
      schema: {
        tags,
        operationId: 'closeOrders',
        summary: 'Ends every open order of an asset that is delisted.',
        description:
          'Each becomes FAILED with `ASSET_INACTIVE`, after what the prices accepted so far make due; one at a venue is asked to end. ' +
          'Deactivate the asset first, and repeat the request until it ends nothing.',
        querystring: noQuery,
        params: z.strictObject({ assetId: assetIdSchema }),
        body: noBody,
        response: { 200: closedOrdersSchema },
      },
    },
    async ({ params: { assetId }, user }) => {
      const { failed, ...result } = await flow.closeOrders({ assetId, actor: user.username });

      return { ...result, failed: [...failed] };
    },
  );
  done();
};
