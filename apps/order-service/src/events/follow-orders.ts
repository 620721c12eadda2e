import type { Database } from '@cnop/database-core';
import { decodeOrdersItem, ordersItemKind } from '@cnop/entities-order/table';
import type { OrderFlow } from '@cnop/flow-order';
import { createStreamReader, createStreamsClient, type StreamProblem, type StreamReader } from '@cnop/stream-records';
import { shownOrder } from '../shown-order.ts';
import type { OrderEvents } from './order-events.ts';
import { checkpointsInMemory, leasesInMemory } from './stores-in-memory.ts';

/** What {@link followOrders} works with. */
export interface FollowOrders {
  readonly database: Database;
  readonly flow: Pick<OrderFlow, 'watermarkOf'>;
  readonly events: OrderEvents;
  readonly onProblem?: (problem: StreamProblem) => void;
}

/**
 * A reader of the stream of the orders table that publishes every change of an order, in its order, at least once. It stores nothing, and
 * begins at the newest record: what another process was told is not told again.
 */
export function followOrders({ database, flow, events, onProblem }: FollowOrders): StreamReader {
  return createStreamReader({
    client: createStreamsClient(database),
    tableName: database.tableName('orders'),
    leaseStore: leasesInMemory(),
    ...(onProblem && { onProblem }),
    consumers: [
      {
        name: 'order-events',
        startAt: 'LATEST',
        checkpoints: checkpointsInMemory(),
        onRecords: async (records) => {
          for (const { newItem } of records) {
            if (!newItem || ordersItemKind(newItem) !== 'order') continue;
            const decoded = decodeOrdersItem(newItem);
            if (decoded.kind === 'order') events.publish(await shownOrder(flow, decoded.order));
          }
        },
        onGap: () => {
          events.reset();
          return Promise.resolve();
        },
      },
    ],
  });
}
