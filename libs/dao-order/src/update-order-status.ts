import { executeWrite, type RawItem, type WriteGuard } from '@cnop/database-core';
import { canTransition, isTerminal, orderErrors, sourcesOf, type Order, type OrderStatus } from '@cnop/entities-order';
import { fromOrderItem, orderKey, statusCreatedAt } from '@cnop/entities-order/table';
import { OutcomeUnknownError, type DomainError } from '@cnop/exceptions';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $add } from 'dynamodb-toolbox/entity/actions/update/symbols';
import type { z } from 'zod';
import type { OrderResult } from './create-order.ts';
import type { orderStatusChangeSchema } from './order-inputs.ts';
import type { OrderContext } from './orders-table.ts';
import { getOrder } from './read-order.ts';

/** The statuses that move no money; the others are for the flow that moves it in the same transaction. */
const targets: readonly OrderStatus[] = ['CONFIRMED', 'CANCELLED', 'FAILED', 'EXPIRED'];

/** The statuses in which an order holds neither money nor assets. */
const holdingNothing: readonly OrderStatus[] = ['PENDING', 'CONFIRMED'];

/** Moves an order that holds nothing; see `OrderDao.updateOrderStatus`. */
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

function statusGuard(
  { database, table }: OrderContext,
  { orderId, createdAt }: Order,
  status: OrderStatus,
): WriteGuard {
  const writeId = database.ids.ulid();
  const sources = sourcesOf(status).filter((source) => holdingNothing.includes(source));
  const { Update } = table.order
    .build(UpdateTransaction)
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
        ? new OutcomeUnknownError({ operation: 'updateOrderStatus', orderId })
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
