import type { RawItem, WriteAction, WriteGuard } from '@cnop/database-core';
import { sharedErrors } from '@cnop/exceptions';
import { assertTransition, orderErrors, OrderStatus, type Order, type TriggerShards } from '@cnop/entities-order';
import { orderKey, toOrderItem } from '@cnop/entities-order/table';
import type { OrderContext } from './orders-table.ts';

/** A change of an open order: as it was read, and as it becomes. */
export interface OpenOrderChange {
  readonly from: Order;
  /** With the next version. What is never changed by a flow (note, metadata, who and what the order is of) must be as it was read. */
  readonly to: Order;
  /** Drawn once per call. */
  readonly writeId: string;
  /** Into how many parts the indexes are written. Default: one. */
  readonly shards?: TriggerShards;
}

/**
 * The update that changes an open order, as the guard of the write that moves what it holds. Its condition is the version that was read,
 * in an open status. Where another write came first, `executeWrite` tells of a replay with the order as it stands: to be judged anew.
 */
export function openOrderGuard({ table }: OrderContext, { from, to, writeId, shards }: OpenOrderChange): WriteGuard {
  const { orderId, status, version } = from;
  if (to.version !== version + 1) throw new Error('A change of an order makes its next version.');
  if (to.status !== status) assertTransition(status, to.status, orderId);

  const guard = { requestHash: '', writeId: '' };
  const changes = changedAttributes(toOrderItem(from, guard, shards), toOrderItem(to, guard, shards));
  const { UpdateExpression, ExpressionAttributeNames, ExpressionAttributeValues } = updateOf({ ...changes, writeId });

  return {
    writeId,
    write: {
      Update: {
        TableName: table.tableName,
        Key: orderKey(orderId),
        UpdateExpression,
        ConditionExpression: '(#status IN (:queued, :processing)) AND (#version = :read)',
        ExpressionAttributeNames: { ...ExpressionAttributeNames, '#status': 'status', '#version': 'version' },
        ExpressionAttributeValues: {
          ...ExpressionAttributeValues,
          ':queued': OrderStatus.QUEUED,
          ':processing': OrderStatus.PROCESSING,
          ':read': version,
        },
      },
    },
    onConditionFailed: (oldItem: RawItem | undefined) =>
      oldItem ? undefined : new orderErrors.OrderNotFoundError({ orderId }),
  };
}

/**
 * The same update beside another guard. Where another write came first, the whole write is refused as in conflict: read and derive it
 * anew.
 */
export function openOrderAction(context: OrderContext, change: OpenOrderChange): WriteAction {
  const { orderId } = change.from;

  return {
    write: openOrderGuard(context, change).write,
    onConditionFailed: (oldItem) =>
      oldItem ? new sharedErrors.ContentionError({ attempts: 1 }) : new orderErrors.OrderNotFoundError({ orderId }),
  };
}

/** The attributes of `after` that differ from `before`; those that it lacks are `undefined`. */
function changedAttributes(before: RawItem, after: RawItem): RawItem {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed = [...names].filter((name) => textOf(before[name]) !== textOf(after[name]));

  return Object.fromEntries(changed.map((name) => [name, after[name]]));
}

const textOf = (value: unknown): string | undefined =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part));

function updateOf(attributes: RawItem) {
  const entries = Object.entries(attributes);
  const set = entries.filter(([, value]) => value !== undefined).map(([name]) => `#${name} = :${name}`);
  const remove = entries.filter(([, value]) => value === undefined).map(([name]) => `#${name}`);

  return {
    UpdateExpression: `SET ${set.join(', ')}${remove.length > 0 ? ` REMOVE ${remove.join(', ')}` : ''}`,
    ExpressionAttributeNames: Object.fromEntries(entries.map(([name]) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(
      entries.filter(([, value]) => value !== undefined).map(([name, value]) => [`:${name}`, value]),
    ),
  };
}
