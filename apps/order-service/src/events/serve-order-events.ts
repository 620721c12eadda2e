import type { Database } from '@cnop/database-core';
import type { OrderFlow } from '@cnop/flow-order';
import type { Service, UserDirectory } from '@cnop/middleware';
import { followOrders } from './follow-orders.ts';
import type { OrderEvents } from './order-events.ts';
import { createOrderEvents } from './order-events-hub.ts';

/** What {@link serveOrderEvents} works with. */
export interface ServeOrderEvents {
  readonly database: Database;
  readonly flow: Pick<OrderFlow, 'watermarkOf'>;
  readonly users: UserDirectory;
}

/**
 * Order events for every user, told by this process alone: it follows the stream of the orders table from when the service is ready until
 * it is closed. With two such processes each user would learn of some changes only.
 */
export function serveOrderEvents(service: Service, { database, flow, users }: ServeOrderEvents): OrderEvents {
  const { clock, ids } = database;
  const events = createOrderEvents({ users, clock, ids });
  const reader = followOrders({
    database,
    flow,
    events,
    onProblem: ({ kind, error }) => {
      service.log.warn({ err: error, kind }, 'order events');
    },
  });
  let running: Promise<void> | undefined;
  const beats = setInterval(() => {
    events.beat().catch((error: unknown) => {
      service.log.warn({ err: error }, 'order events');
    });
  }, 1_000).unref();

  service.addHook('onReady', (next) => {
    running = reader.run();
    next();
  });
  service.addHook('onClose', async () => {
    clearInterval(beats);
    await reader.stop();
    await running;
  });
  return events;
}
