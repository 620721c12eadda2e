import { putIfAbsent, type RawItem, type WriteGuard } from '@cnop/database-core';
import type { Order } from '@cnop/entities-order';
import { orderGuardOf, toOrderItem } from '@cnop/entities-order/table';
import { IdempotencyKeyReusedError } from '@cnop/exceptions';
import type { OrderContext } from './orders-table.ts';

/** How a new order is told from every other request. */
export interface PlaceOrderStamp {
  /** The fingerprint of the request; see `orderRequestHash`. */
  readonly requestHash: string;
  /** Drawn once per call. */
  readonly writeId: string;
  /** Whether the order id follows from a client order id, so that a repeat of the request meets it. */
  readonly clientNamed: boolean;
}

/** The put of a new order as the guard of its transaction; see `OrderDao.placeOrderGuard`. */
export function placeOrderGuard({ database, table }: OrderContext, order: Order, stamp: PlaceOrderStamp): WriteGuard {
  const { requestHash, writeId, clientNamed } = stamp;
  const putOrder = (put: Order, putId: string) =>
    putIfAbsent(table.tableName, toOrderItem(put, { requestHash, writeId: putId }));

  return {
    write: putOrder(order, writeId),
    writeId,
    clientNamed,
    onConditionFailed: (oldItem) => keyReuse(requestHash, oldItem),
    fence: ({ code }) => {
      const fenceId = database.ids.ulid();
      return { write: putOrder(failed(order, code), fenceId), writeId: fenceId };
    },
  };
}

/** The same order as one that never moved anything. */
const failed = (order: Order, failureCode: string): Order => ({
  ...order,
  status: 'FAILED',
  fills: [],
  heldMinor: 0n,
  holdTransactionId: undefined,
  releaseTransactionId: undefined,
  failureCode,
});

/** The fingerprint never changes, so the order in the way tells for certain whether it is of the same request. */
function keyReuse(requestHash: string, oldItem: RawItem | undefined): IdempotencyKeyReusedError | undefined {
  if (!oldItem) throw new Error('An order that is absent cannot be in the way.');

  return orderGuardOf(oldItem).requestHash === requestHash ? undefined : new IdempotencyKeyReusedError({});
}
