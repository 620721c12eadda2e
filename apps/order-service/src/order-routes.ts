import type { OrderDao } from '@cnop/dao-order';
import {
  orderCreateSchema,
  orderListResponseSchema,
  orderPreviewResponseSchema,
  orderResponseSchema,
  orderStatusSchema,
  toOrderListResponse,
  toOrderPreviewResponse,
  toOrderResponse,
} from '@cnop/entities-order';
import type { OrderFlow, OrderResult } from '@cnop/flow-order';
import { findIdempotencyKey, markReplayed, type Metrics, noBody, noQuery } from '@cnop/middleware';
import { assetIdSchema, orderIdSchema, pageSchema } from '@cnop/validation';
import type { FastifyReply } from 'fastify';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import * as z from 'zod';

/** What the routes of orders work with. */
export interface OrderRoutesOptions {
  readonly flow: OrderFlow;
  readonly orders: OrderDao;
  readonly metrics: Pick<Metrics, 'actionTimer'>;
}

const tags = ['orders'];
const shared = { tags, querystring: noQuery };
const access = 'authenticated';
const params = z.strictObject({ orderId: orderIdSchema });
const querystring = pageSchema.extend({ assetId: assetIdSchema.optional(), status: orderStatusSchema.optional() });
const placed = { 201: orderResponseSchema };
const shown = { 200: orderResponseSchema };

/**
 * `/v1/orders`: place, preview, list, look at and cancel one's own orders; refund anybody's, as an administrator.
 *
 * Whose orders they are follows from the token alone; another user's order is not found.
 */
export const orderRoutes: FastifyPluginCallbackZod<OrderRoutesOptions> = (service, options, done) => {
  const { flow, orders, metrics } = options;
  const timeOrder = metrics.actionTimer({
    counter: 'orders_total',
    histogram: 'order_duration_seconds',
    help: 'Orders asked for',
    labels: ['type'],
  });

  service.post(
    '/v1/orders',
    {
      config: { access, idempotent: true },
      schema: {
        ...shared,
        operationId: 'placeOrder',
        summary: 'Places an order, executed at once.',
        body: orderCreateSchema,
        response: placed,
      },
    },
    async (request, reply) => {
      const { body: order, user } = request;
      const clientOrderId = findIdempotencyKey(request, order.clientOrderId);
      const place = () => flow.placeOrder({ owner: user.username, order: { ...order, clientOrderId } });

      reply.code(201);
      return send(reply, await timeOrder({ type: order.orderType }, place, outcomeOf));
    },
  );
  service.post(
    '/v1/orders/preview',
    {
      config: { access },
      schema: {
        ...shared,
        operationId: 'previewOrder',
        summary: 'Says what an order would come to now, and places nothing.',
        body: orderCreateSchema,
        response: { 200: orderPreviewResponseSchema },
      },
    },
    async ({ body: order, user }) => toOrderPreviewResponse(await flow.previewOrder({ owner: user.username, order })),
  );
  service.get(
    '/v1/orders',
    {
      config: { access },
      schema: {
        tags,
        operationId: 'listOrders',
        summary: 'Lists one’s orders, newest first.',
        description:
          'From an index, which follows what is written: an order that was just placed or changed may be missing, or be shown as it was, ' +
          'for a moment. `GET /v1/orders/{orderId}` shows it as it is.',
        querystring,
        response: { 200: orderListResponseSchema },
      },
    },
    async ({ query, user }) => toOrderListResponse(await orders.getOrders({ ...query, owner: user.username })),
  );
  service.get(
    '/v1/orders/:orderId',
    {
      config: { access },
      schema: { ...shared, operationId: 'getOrder', summary: 'Shows one of one’s orders.', params, response: shown },
    },
    async ({ params: { orderId }, user }) => toOrderResponse(await orders.getOrder(orderId, { owner: user.username })),
  );
  service.post(
    '/v1/orders/:orderId/cancel',
    {
      config: { access, replayed: true },
      schema: {
        ...shared,
        operationId: 'cancelOrder',
        summary: 'Cancels an order that is still open.',
        params,
        body: noBody,
        response: shown,
      },
    },
    async ({ params: { orderId }, user }, reply) =>
      send(reply, await flow.cancelOrder({ orderId, owner: user.username })),
  );
  service.post(
    '/v1/orders/:orderId/refund',
    {
      config: { access: { roles: ['admin'] }, replayed: true },
      schema: {
        ...shared,
        operationId: 'refundOrder',
        summary: 'Undoes a completed order, once.',
        params,
        body: noBody,
        response: shown,
      },
    },
    async ({ params: { orderId }, user }, reply) =>
      send(reply, await flow.refundOrder({ orderId, actor: user.username })),
  );
  done();
};

const outcomeOf = ({ replayed }: OrderResult) => (replayed ? 'replayed' : 'placed');

function send(reply: FastifyReply, { order, replayed }: OrderResult) {
  markReplayed(reply, replayed);
  return toOrderResponse(order);
}
