import {
  orderCreateSchema,
  orderEventsResponseSchema,
  orderListResponseSchema,
  orderPreviewResponseSchema,
  orderResponseSchema,
  orderStatusSchema,
  toOrderEventsResponse,
  toOrderPreviewResponse,
} from '@cnop/entities-order';
import type { OrderResult } from '@cnop/flow-order';
import { findIdempotencyKey, noQuery } from '@cnop/middleware';
import { assetIdSchema, orderIdSchema, pageSchema } from '@cnop/validation';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import * as z from 'zod';
import { adminRoutes } from './admin-routes.ts';
import { changeRoutes } from './change-routes.ts';
import { streamRoutes } from './events/stream-routes.ts';
import type { OrderRoutesOptions } from './order-routes-options.ts';
import { sendOrder, shownOrder, shownPage } from './shown-order.ts';
import { venueRoutes } from './venue-routes.ts';

const tags = ['orders'];
const shared = { tags, querystring: noQuery };
const access = 'authenticated';
const params = z.strictObject({ orderId: orderIdSchema });
const querystring = pageSchema.extend({ assetId: assetIdSchema.optional(), status: orderStatusSchema.optional() });
const placed = { 201: orderResponseSchema };
const shown = { 200: orderResponseSchema };

/**
 * `/v1/orders`: place, preview, list, look at, amend and cancel one's own orders; what administrators do with the orders of others, and
 * what a venue reports of those that it executes.
 *
 * Whose orders they are follows from the token alone; another user's order is not found.
 */
export const orderRoutes: FastifyPluginCallbackZod<OrderRoutesOptions> = (service, options, done) => {
  const { flow, orders, metrics } = options;
  service.register(changeRoutes, options);
  service.register(adminRoutes, options);
  service.register(venueRoutes, options);
  service.register(streamRoutes, options);
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
        summary: 'Places an order: executed at once, or waiting for its price.',
        body: orderCreateSchema,
        response: placed,
      },
    },
    async (request, reply) => {
      const { body: order, user } = request;
      const clientOrderId = findIdempotencyKey(request, order.clientOrderId);
      const place = () => flow.placeOrder({ owner: user.username, order: { ...order, clientOrderId } });

      reply.code(201);
      return await sendOrder(flow, reply, await timeOrder({ type: order.orderType }, place, outcomeOf));
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
    async ({ query, user }) => shownPage(flow, await orders.getOrders({ ...query, owner: user.username })),
  );
  service.get(
    '/v1/orders/:orderId',
    {
      config: { access },
      schema: { ...shared, operationId: 'getOrder', summary: 'Shows one of one’s orders.', params, response: shown },
    },
    async ({ params: { orderId }, user }) => shownOrder(flow, await orders.getOrder(orderId, { owner: user.username })),
  );
  service.get(
    '/v1/orders/:orderId/events',
    {
      config: { access },
      schema: {
        ...shared,
        operationId: 'listOrderEvents',
        summary: 'Tells what happened to one of one’s orders, the oldest first.',
        params,
        response: { 200: orderEventsResponseSchema },
      },
    },
    async ({ params: { orderId }, user }) =>
      toOrderEventsResponse(await flow.getOrderEvents(orderId, { owner: user.username })),
  );
  done();
};

const outcomeOf = ({ replayed }: OrderResult) => (replayed ? 'replayed' : 'placed');
