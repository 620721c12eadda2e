import { putIfAbsent, type RawItem, type WriteAction, type WriteGuard } from '@cnop/database-core';
import { isTerminal, orderErrors, OrderStatus, type Order, type TriggerShards } from '@cnop/entities-order';
import { fromOrderItem, orderGuardOf, orderKey, toOrderItem } from '@cnop/entities-order/table';
import { type DomainError, sharedErrors } from '@cnop/exceptions';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $add } from 'dynamodb-toolbox/entity/actions/update/symbols';
import { ordersEntities } from './orders-entities.ts';
import type { OrderContext } from './orders-table.ts';

/** How a new order is told from every other request. */
export interface PlaceOrderStamp {
  /** The fingerprint of the request; see `orderRequestHash`. */
  readonly requestHash: string;
  /** Drawn once per call. */
  readonly writeId: string;
  /** Whether the order id follows from a client order id, so that a repeat of the request meets it. */
  readonly clientNamed: boolean;
  /** Into how many parts the indexes of open orders are written. Default: one. */
  readonly shards?: TriggerShards;
}

/**
 * The put of a new order, as the guard of the write that places it. The same request again is a replay; another one under the same
 * client order id is refused. Its fence is the same order, FAILED, which moves nothing.
 */
export function placeOrderGuard({ database, table }: OrderContext, order: Order, stamp: PlaceOrderStamp): WriteGuard {
  const { requestHash, writeId, clientNamed, shards } = stamp;
  const putOrder = (put: Order, putId: string) =>
    putIfAbsent(table.tableName, toOrderItem(put, { requestHash, writeId: putId }, shards));

  return {
    write: putOrder(order, writeId),
    writeId,
    clientNamed,
    onConditionFailed: (oldItem) => {
      const refusal = keyReuse(requestHash, oldItem);
      if (!refusal && !clientNamed) assertChangedSince(oldItem);
      return refusal;
    },
    fence: ({ code }) => {
      const fenceId = database.ids.ulid();
      return { write: putOrder(failed(order, code), fenceId), writeId: fenceId };
    },
  };
}

/** The put of a new order beside another guard, under an id that this guard alone may use. */
export const putOrderAction = (
  { table }: OrderContext,
  order: Order,
  { requestHash, writeId, shards }: Omit<PlaceOrderStamp, 'clientNamed'>,
): WriteAction => ({
  write: putIfAbsent(table.tableName, toOrderItem(order, { requestHash, writeId }, shards)),
  onConditionFailed: () => {
    throw new Error('An order with a derived id exists already.');
  },
});

/** The same order as one that never moved anything: it holds nothing, expires never and has no exits. */
const failed = (order: Order, failureCode: string): Order => ({
  ...order,
  status: 'FAILED',
  fills: [],
  heldMinor: 0n,
  holdTransactionId: undefined,
  releaseTransactionId: undefined,
  expiresAt: undefined,
  exits: undefined,
  endedAt: order.updatedAt,
  failureCode,
});

/** An order under an id that was drawn is ours only if it was changed since, which replaces the `writeId`. Two ids that meet are no repeat. */
function assertChangedSince(oldItem: RawItem | undefined): void {
  if (!oldItem || fromOrderItem(oldItem).version === 1) throw new Error('An order with a fresh id exists already.');
}

/** The fingerprint never changes, so the order that exists already tells for certain whether it is of the same request. */
function keyReuse(
  requestHash: string,
  oldItem: RawItem | undefined,
): InstanceType<typeof sharedErrors.IdempotencyKeyReusedError> | undefined {
  if (!oldItem) throw new Error('An absent order cannot block a put.');

  return orderGuardOf(oldItem).requestHash === requestHash ? undefined : new sharedErrors.IdempotencyKeyReusedError({});
}

/** What marks an order as refunded. */
export interface RefundOrderStamp {
  /** The journal entry that gives back what the order moved. */
  readonly refundTransactionId: string;
  /** Drawn once per call. */
  readonly writeId: string;
  /** When, ISO 8601 UTC. */
  readonly at: string;
}

/** The statuses in which an order is over. */
const terminal = Object.values(OrderStatus).filter(isTerminal);

/**
 * The mark that an order is refunded, once, as the guard of the write that refunds it. An order that has one is a replay; one that is
 * not over, or has no fills, is not refundable.
 */
export function refundOrderGuard({ database }: OrderContext, order: Order, stamp: RefundOrderStamp): WriteGuard {
  const { refundTransactionId, writeId, at } = stamp;
  const { Update } = ordersEntities(database)
    .order.build(UpdateTransaction)
    .item({ ...orderKey(order.orderId), refundTransactionId, updatedAt: at, version: $add(1), writeId })
    .options({
      condition: {
        and: [
          { attr: 'status', in: terminal },
          { attr: 'fills', exists: true },
          { attr: 'refundTransactionId', exists: false },
        ],
      },
    })
    .params();

  return {
    write: { Update },
    writeId,
    onConditionFailed: (oldItem, earlierAttemptUnknown) => refundRefusal(order.orderId, oldItem, earlierAttemptUnknown),
  };
}

/** An order that is not over may yet complete, and an earlier attempt of unknown outcome then still take effect. */
function refundRefusal(
  orderId: string,
  oldItem: RawItem | undefined,
  earlierAttemptUnknown: boolean,
): DomainError | undefined {
  if (!oldItem) return new orderErrors.OrderNotFoundError({ orderId });

  const { status, refundTransactionId } = fromOrderItem(oldItem);
  if (refundTransactionId !== undefined) return undefined;
  return earlierAttemptUnknown && !isTerminal(status)
    ? new sharedErrors.OutcomeUnknownError({ operation: 'refundOrder', orderId })
    : new orderErrors.OrderNotRefundableError({ orderId, status });
}
