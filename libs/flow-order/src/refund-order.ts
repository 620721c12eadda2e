import { executeWrite } from '@cnop/database-core';
import { sideOf, type Order } from '@cnop/entities-order';
import { fromOrderItem } from '@cnop/entities-order/table';
import { paymentPostings, refundPostings, type BalanceTransaction } from '@cnop/entities-user';
import { OrderNotRefundableError } from '@cnop/exceptions';
import { orderIdSchema, parseInput, usernameSchema } from '@cnop/validation';
import { z } from 'zod';
import type { OrderFlowContext } from './order-flow-context.ts';
import type { OrderResult } from './order-result.ts';
import { settlementActions } from './settlement-actions.ts';

const refundOrderSchema = z.strictObject({
  orderId: orderIdSchema,
  /** Whose order it must be; another user's is not found. */
  username: usernameSchema.optional(),
  /** Who refunds, for the journal. */
  actor: usernameSchema.optional(),
});

/** What names the order to refund. */
export type RefundOrder = z.input<typeof refundOrderSchema>;

/** Undoes a completed order in one transaction, once; see `OrderFlow.refundOrder`. */
export async function refundOrder(context: OrderFlowContext, input: RefundOrder): Promise<OrderResult> {
  const { orderId, username, actor } = parseInput(refundOrderSchema, input);
  const { database, orders, clock, ids } = context;
  const order = await orders.getOrder(orderId, { username });

  if (order.refundTransactionId !== undefined) return { order, replayed: true };
  if (order.status !== 'COMPLETED') throw new OrderNotRefundableError({ orderId, status: order.status });

  const at = clock.now().toISOString();
  const refundTransactionId = ids.ulid();
  const entry: BalanceTransaction = {
    transactionId: refundTransactionId,
    username: order.username,
    transactionType: 'ORDER_REFUND',
    status: 'COMPLETED',
    postings: refundPostings(order.fills.flatMap((fill) => fillPostings(order, fill))),
    orderId,
    ...(actor !== undefined && { actor }),
    createdAt: at,
    updatedAt: at,
  };

  const { replayed, item } = await executeWrite(database, {
    operation: 'refundOrder',
    reference: { orderId },
    guard: orders.refundOrderGuard(order, { refundTransactionId, writeId: ids.ulid(), at }),
    actions: settlementActions(context, entry),
  });
  return item
    ? { order: fromOrderItem(item), replayed }
    : { order: { ...order, refundTransactionId, updatedAt: at, version: order.version + 1 }, replayed };
}

function fillPostings(
  { orderType, currency, currencyScale, assetId, quantityScale }: Order,
  { notionalMinor, quantityMinor }: Order['fills'][number],
) {
  return paymentPostings({
    side: sideOf(orderType),
    cash: { code: currency, amountMinor: notionalMinor, scale: currencyScale },
    asset: { code: assetId, amountMinor: quantityMinor, scale: quantityScale },
  });
}
