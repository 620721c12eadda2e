import { orderErrors } from '@cnop/entities-order';
import { noQuery } from '@cnop/middleware';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import * as z from 'zod';
import type { OrderEvents } from './order-events.ts';

/** What the route of order events works with. */
export interface StreamRoutesOptions {
  /** Absent where this deployment has no process that tells all users. */
  readonly events?: OrderEvents | undefined;
}

const headers = z.looseObject({
  'last-event-id': z
    .string()
    .regex(/^[\x21-\x7E]{1,64}$/u)
    .optional()
    .describe('The id of the last event that was received: the stream goes on after it.'),
});
const eventStreamSchema = z
  .string()
  .describe(
    'Server-sent events. `order`: an order as it stands after a change, as JSON like `Order`; its `version` tells repeats apart. `reset`: ' +
      'read your orders again, some changes are not known. `end` with a `reason`: `token-expired`, `access-ended` or `shutdown`.',
  )
  .meta({ title: 'OrderEventStream' });

/** `GET /v1/orders/stream`: changes of one's own orders as server-sent events. */
export const streamRoutes: FastifyPluginCallbackZod<StreamRoutesOptions> = (service, { events }, done) => {
  service.get(
    '/v1/orders/stream',
    {
      config: { access: 'authenticated' },
      // The longest that a timer can wait.
      handlerTimeout: 2 ** 31 - 1,
      schema: {
        tags: ['orders'],
        operationId: 'streamOrders',
        summary: 'Tells of changes of one’s orders as they happen.',
        description: 'At most 5 streams a user. A stream ends with the access token: connect again with the next one.',
        querystring: noQuery,
        headers,
        response: {
          200: {
            description: 'Changes as they happen.',
            content: { 'text/event-stream': { schema: eventStreamSchema } },
          },
        },
      },
    },
    (request, reply) => {
      if (!events) throw new orderErrors.OrderEventsUnavailableError({});
      const { user, headers: sent } = request;
      const body = events.open({ user, lastEventId: sent['last-event-id'] });

      reply
        .headers({
          'content-type': 'text/event-stream',
          'cache-control': 'no-store',
          'x-accel-buffering': 'no',
          // Kept for another request, it would hold up the end of the process.
          connection: 'close',
        })
        .send(body as never);
    },
  );
  service.addHook('preClose', (next) => {
    events?.close();
    next();
  });
  done();
};
