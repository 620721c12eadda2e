import { orderAmendmentSchema, orderResponseSchema } from '@cnop/entities-order';
import { noBody, noQuery } from '@cnop/middleware';
import { assetIdSchema, orderIdSchema, pageSchema } from '@cnop/validation';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import * as z from 'zod';
import type { OrderRoutesOptions } from './order-routes-options.ts';
import { sendOrder } from './shown-order.ts';

const tags = ['orders'];
const access = 'authenticated';
const params = z.strictObject({ orderId: orderIdSchema });
const cancelledOrdersSchema = z
  .strictObject({
    cancelled: z.int().min(0).describe('How many this request cancelled, or asked their venue to end.'),
    failed: z
      .array(z.strictObject({ orderId: orderIdSchema, code: z.string() }))
      .describe('Those that were not cancelled, each with the code of the problem.'),
    nextCursor: z.string().optional().describe('Absent on the last page.'),
  })
  .meta({ title: 'CancelledOrders' });

/** Changes of open orders by their owners: amend, cancel one, cancel all of an asset. */
export const changeRoutes: FastifyPluginCallbackZod<OrderRoutesOptions> = (service, { flow }, done) => {
  const one = { tags, querystring: noQuery, params, response: { 200: orderResponseSchema } };

  service.patch(
    '/v1/orders/:orderId',
    {
      config: { access, replayed: true },
      schema: {
        ...one,
        operationId: 'amendOrder',
        summary: 'Amends an order that is still open.',
        description:
          'What the prices accepted so far make due happens first. An order that is as it is asked for already is a replay. The role ' +
          '`venue` amends the orders that a venue executes, and it alone may lower what one of them holds.',
        body: orderAmendmentSchema,
      },
    },
    async ({ params: { orderId }, body: amendment, user: { username, role } }, reply) => {
      const as = role === 'venue' ? { role: 'venue' as const, actor: username } : { owner: username };

      return await sendOrder(flow, reply, await flow.amendOrder({ orderId, amendment, ...as }));
    },
  );
  const cancel = { ...one, body: noBody, summary: 'Cancels an order that is still open.' };
  service.post(
    '/v1/orders/:orderId/cancel',
    { config: { access, replayed: true }, schema: { ...cancel, operationId: 'cancelOrder' } },
    async ({ params: { orderId }, user }, reply) =>
      await sendOrder(flow, reply, await flow.cancelOrder({ orderId, owner: user.username })),
  );
  service.delete(
    '/v1/orders/:orderId',
    {
      config: { access, replayed: true },
      schema: { ...cancel, operationId: 'deleteOrder', description: 'The same as `POST /v1/orders/{orderId}/cancel`.' },
    },
    async ({ params: { orderId }, user }, reply) =>
      await sendOrder(flow, reply, await flow.cancelOrder({ orderId, owner: user.username })),
  );
  service.delete(
    '/v1/orders',
    {
      config: { access },
      schema: {
        tags,
        operationId: 'cancelOrders',
        summary: 'Cancels one’s open orders of an asset.',
        description:
          'A page of all one’s orders of that asset at a time: repeat it with the `nextCursor` until there is none. Repeating all of it ' +
          'changes nothing.',
        querystring: pageSchema.extend({ assetId: assetIdSchema }),
        body: noBody,
        response: { 200: cancelledOrdersSchema },
      },
    },
    async ({ query, user }) => {
      const { failed, ...result } = await flow.cancelOrders({ ...query, owner: user.username });

      return { ...result, failed: [...failed] };
    },
  );
  done();
};
