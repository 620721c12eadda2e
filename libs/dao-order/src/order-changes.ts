import { executeWrite, type RawItem, type WriteGuard } from '@cnop/database-core';
import {
  canTransition,
  isTerminal,
  orderErrors,
  orderStatusSchema,
  orderUpdateSchema,
  sourcesOf,
  type Order,
  type OrderStatus,
} from '@cnop/entities-order';
import { fromOrderItem, orderKey, statusCreatedAt } from '@cnop/entities-order/table';
import { type DomainError, sharedErrors } from '@cnop/exceptions';
import { orderIdSchema } from '@cnop/validation';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $add, $remove, $set } from 'dynamodb-toolbox/entity/actions/update/symbols';
import * as z from 'zod';
import { ordersEntities } from './orders-entities.ts';
import { getOrder, type OrderContext } from './orders-table.ts';

/** An order, and whether it had been written before, by an earlier call. */
export interface OrderResult {
  readonly order: Order;
  readonly replayed: boolean;
}

/** Accepts a change of what touches no money. */
export const orderChangeSchema = z.strictObject({
  orderId: orderIdSchema,
  /** The version that was read; another one in the store refuses the change. */
  expectedVersion: z.int().min(1),
  changes: orderUpdateSchema,
});

/** A change of an order's note or metadata, at a known version. */
export type OrderChange = z.input<typeof orderChangeSchema>;

/** Accepts a move of an order to a status. */
export const orderStatusChangeSchema = z.strictObject({ orderId: orderIdSchema, status: orderStatusSchema });

/** A move of an order to a status. */
export type OrderStatusChange = z.input<typeof orderStatusChangeSchema>;

/** Changes an order's note or metadata at a known version; null removes. */
export async function updateOrder(
  context: OrderContext,
  { orderId, expectedVersion, changes }: z.output<typeof orderChangeSchema>,
): Promise<Order> {
  const { database } = context;
  const { note, metadata } = changes;
  const writeId = database.ids.ulid();
  const { Update } = ordersEntities(database)
    .order.build(UpdateTransaction)
    .item({
      ...orderKey(orderId),
      ...(note !== undefined && { note: note ?? $remove() }),
      ...(metadata !== undefined && { metadata: metadata === null ? $remove() : $set(metadata) }),
      updatedAt: database.clock.now().toISOString(),
      version: $add(1),
      writeId,
    })
    .options({ condition: { attr: 'version', eq: expectedVersion } })
    .params();

  const { item } = await executeWrite(database, {
    operation: 'updateOrder',
    reference: { orderId },
    guard: {
      write: { Update },
      writeId,
      onConditionFailed: (oldItem, earlierAttemptUnknown) =>
        versionRefusal({ orderId, expectedVersion, earlierAttemptUnknown }, oldItem),
    },
  });
  return item ? fromOrderItem(item) : await getOrder(context, orderId);
}

interface VersionedAttempt {
  readonly orderId: string;
  readonly expectedVersion: number;
  readonly earlierAttemptUnknown: boolean;
}

/** With an earlier attempt of unknown outcome, a version more than one ahead may hide that it took effect. */
function versionRefusal(
  { orderId, expectedVersion, earlierAttemptUnknown }: VersionedAttempt,
  oldItem: RawItem | undefined,
): DomainError {
  if (!oldItem) return new orderErrors.OrderNotFoundError({ orderId });

  const { version } = fromOrderItem(oldItem);
  return earlierAttemptUnknown && version > expectedVersion + 1
    ? new sharedErrors.OutcomeUnknownError({ operation: 'updateOrder', orderId })
    : new sharedErrors.VersionConflictError({ resource: 'order', expectedVersion, currentVersion: version });
}

/** The statuses that move no money; the others are for the flow that moves it in the same transaction. */
const targets: readonly OrderStatus[] = ['CONFIRMED', 'CANCELLED', 'FAILED', 'EXPIRED'];

/** The statuses in which an order holds neither money nor assets. */
const holdingNothing: readonly OrderStatus[] = ['PENDING', 'CONFIRMED'];

/** Moves an order that holds nothing. The status that it has already is a replay. */
export async function updateOrderStatus(
  context: OrderContext,
  { orderId, status }: z.output<typeof orderStatusChangeSchema>,
): Promise<OrderResult> {
  const order = await getOrder(context, orderId);
  if (!targets.includes(status))
    throw new orderErrors.IllegalOrderTransitionError({ orderId, from: order.status, to: status });

  const { item, replayed } = await executeWrite(context.database, {
    operation: 'updateOrderStatus',
    reference: { orderId },
    guard: statusGuard(context, order, status),
  });
  return { order: item ? fromOrderItem(item) : await getOrder(context, orderId), replayed };
}

function statusGuard({ database }: OrderContext, { orderId, createdAt }: Order, status: OrderStatus): WriteGuard {
  const writeId = database.ids.ulid();
  const sources = sourcesOf(status).filter((source) => holdingNothing.includes(source));
  const { Update } = ordersEntities(database)
    .order.build(UpdateTransaction)
    .item({
      ...orderKey(orderId),
      status,
      statusCreatedAt: statusCreatedAt(status, createdAt),
      updatedAt: database.clock.now().toISOString(),
      version: $add(1),
      writeId,
    })
    .options({
      condition: {
        and: [
          { attr: 'status', in: sources },
          {
            or: [
              { attr: 'heldMinor', exists: false },
              { attr: 'heldMinor', eq: 0n },
            ],
          },
        ],
      },
    })
    .params();

  return {
    write: { Update },
    writeId,
    onConditionFailed: (oldItem, earlierAttemptUnknown) => {
      if (!oldItem) return new orderErrors.OrderNotFoundError({ orderId });

      const refusal = statusRefusal(oldItem, status);
      return refusal && earlierAttemptUnknown && mayHideSuccess(oldItem, status)
        ? new sharedErrors.OutcomeUnknownError({ operation: 'updateOrderStatus', orderId })
        : refusal;
    },
  };
}

/** The status that the order has already is a replay. */
function statusRefusal(oldItem: RawItem, to: OrderStatus): DomainError | undefined {
  const { orderId, status: from } = fromOrderItem(oldItem);
  if (from === to) return undefined;

  return to === 'CANCELLED' && isTerminal(from)
    ? new orderErrors.OrderNotCancellableError({ orderId, status: from })
    : new orderErrors.IllegalOrderTransitionError({ orderId, from, to });
}

/**
 * Whether an earlier attempt may have moved the order and another transition then moved it on, or may yet move it. From
 * CONFIRMED, the one target that is not terminal, every later status is one step away.
 */
function mayHideSuccess(oldItem: RawItem, to: OrderStatus): boolean {
  const { status } = fromOrderItem(oldItem);

  return canTransition(to, status) || holdingNothing.includes(status);
}
