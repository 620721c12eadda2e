import { orderListResponseSchema, orderResponseSchema, venueFillIdSchema } from '@cnop/entities-order';
import { noBody, noQuery } from '@cnop/middleware';
import { assetIdSchema, orderIdSchema, pageSchema, positiveDecimalTextSchema } from '@cnop/validation';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import * as z from 'zod';
import type { OrderRoutesOptions } from './order-routes-options.ts';
import { sendOrder, shownPage } from './shown-order.ts';

const tags = ['venue'];
const access = { roles: ['venue'] } as const;
const params = z.strictObject({ orderId: orderIdSchema });
const executionSchema = z
  .strictObject({
    venueFillId: venueFillIdSchema.describe(
      'The id that the venue gave to the fill; a repeat with the same figures is a replay.',
    ),
    quantity: positiveDecimalTextSchema.describe('In units of the asset.'),
    price: positiveDecimalTextSchema.describe('For one unit of the asset, in units of its currency.'),
  })
  .meta({ title: 'Execution' });

/** What the adapter of a venue reads and reports: the orders to route and to end, fills, and ends. */
export const venueRoutes: FastifyPluginCallbackZod<OrderRoutesOptions> = (service, { flow, orders }, done) => {
  const shared = { tags, querystring: noQuery, params, response: { 200: orderResponseSchema } };

  service.post(
    '/v1/orders/:orderId/executions',
    {
      config: { access, replayed: true },
      schema: {
        ...shared,
        operationId: 'executeOrder',
        summary: 'Reports a fill of an order that a venue executes.',
        body: executionSchema,
      },
    },
    async ({ params: { orderId }, body: fill }, reply) =>
      await sendOrder(flow, reply, await flow.executeOrder({ orderId, ...fill })),
  );
  service.post(
    '/v1/orders/:orderId/confirm-end',
    {
      config: { access, replayed: true },
      schema: {
        ...shared,
        operationId: 'confirmOrderEnd',
        summary: 'Reports that an order has ended at its venue.',
        description:
          'Report every fill first. Without a request to end it, the order becomes EXPIRED if its time is up, and FAILED with ' +
          '`VENUE_REJECTED` if not.',
        body: noBody,
      },
    },
    async ({ params: { orderId } }, reply) => await sendOrder(flow, reply, await flow.confirmEnd({ orderId })),
  );
  service.get(
    '/v1/venue/orders',
    {
      config: { access },
      schema: {
        tags,
        operationId: 'listVenueOrders',
        summary: 'Lists the orders of an asset for its venue, oldest first.',
        description:
          '`open`: those to route, by their placing or last amendment. `end`: those that the venue is asked to end.',
        querystring: pageSchema.extend({ assetId: assetIdSchema, list: z.enum(['open', 'end']) }),
        response: { 200: orderListResponseSchema },
      },
    },
    async ({ query }) => await shownPage(flow, await orders.getVenueOrders(query)),
  );
  done();
};
