import type { RawItem, TransactionWrite, WriteGuard } from '@cnop/database-core';
import type { Order } from '@cnop/entities-order';
import { orderGuardOf, toOrderItem, type OrderGuard } from '@cnop/entities-order/table';
import { IdempotencyKeyReusedError } from '@cnop/exceptions';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import type { OrderContext, OrdersTable } from './orders-table.ts';

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

  return {
    write: putOrder(table, order, { requestHash, writeId }),
    writeId,
    clientNamed,
    onConditionFailed: (oldItem) => keyReuse(requestHash, oldItem),
    fence: ({ code }) => {
      const fenceId = database.ids.ulid();
      return { write: putOrder(table, failed(order, code), { requestHash, writeId: fenceId }), writeId: fenceId };
    },
  };
}

function putOrder({ order: entity }: OrdersTable, order: Order, guard: OrderGuard): TransactionWrite {
  const { Put } = entity
    .build(PutTransaction)
    .item(toOrderItem(order, guard))
    .options({ condition: { attr: 'pk', exists: false } })
    .params();

  return { Put };
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
