import type { RawItem, WriteGuard } from '@cnop/database-core';
import { isTerminal, orderErrors, type Order } from '@cnop/entities-order';
import { fromOrderItem, orderKey } from '@cnop/entities-order/table';
import { OutcomeUnknownError, type DomainError } from '@cnop/exceptions';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $add } from 'dynamodb-toolbox/entity/actions/update/symbols';
import type { OrdersTable } from './orders-table.ts';

/** What marks an order as refunded. */
export interface RefundOrderStamp {
  /** The journal entry that gives back what the order moved. */
  readonly refundTransactionId: string;
  /** Drawn once per call. */
  readonly writeId: string;
  /** When, ISO 8601 UTC. */
  readonly at: string;
}

/** The mark of a refund as the guard of its transaction; see `OrderDao.refundOrderGuard`. */
export function refundOrderGuard({ order: entity }: OrdersTable, order: Order, stamp: RefundOrderStamp): WriteGuard {
  const { refundTransactionId, writeId, at } = stamp;
  const { Update } = entity
    .build(UpdateTransaction)
    .item({ ...orderKey(order.orderId), refundTransactionId, updatedAt: at, version: $add(1), writeId })
    .options({
      condition: {
        and: [
          { attr: 'status', eq: 'COMPLETED' },
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
    ? new OutcomeUnknownError({ operation: 'refundOrder', orderId })
    : new orderErrors.OrderNotRefundableError({ orderId, status });
}
