import { executeWrite } from '@cnop/database-core';
import { isTerminal, orderErrors, type Order } from '@cnop/entities-order';
import { fromOrderItem } from '@cnop/entities-order/table';
import { refundPostings, type BalanceTransaction } from '@cnop/entities-ledger';
import { orderIdSchema, parseInput, ownerSchema } from '@cnop/validation';
import * as z from 'zod';
import { fillPostings, settlementActions } from './market/settlement.ts';
import type { OrderFlowContext, OrderResult } from './order-flow-context.ts';

const refundOrderSchema = z.strictObject({
  orderId: orderIdSchema,
  /** Whose order it must be; another user's is not found. */
  owner: ownerSchema.optional(),
  /** Who refunds, for the journal. */
  actor: ownerSchema.optional(),
});

/** What names the order to refund. */
export type RefundOrder = z.input<typeof refundOrderSchema>;

/** Undoes all fills of an order that is over in one write, once. */
export async function refundOrder(context: OrderFlowContext, input: RefundOrder): Promise<OrderResult> {
  const { orderId, owner, actor } = parseInput(refundOrderSchema, input);
  const order = await context.orders.getOrder(orderId, { owner });

  if (order.refundTransactionId !== undefined) return { order, replayed: true };
  if (!isTerminal(order.status) || order.fills.length === 0 || (await hasOpenExits(context, order)))
    throw new orderErrors.OrderNotRefundableError({ orderId, status: order.status });

  return await context.accountQueue.run(order.owner, () => refund(context, order, actor));
}

/** Whether an exit of a bracket may still sell what its entry bought. An entry that is over has no more of them. */
async function hasOpenExits({ orders }: OrderFlowContext, { exits = [] }: Order): Promise<boolean> {
  if (exits.length === 0) return false;
  const placed = await orders.getOrdersByIds(exits.map(({ orderId }) => orderId));

  return placed.some(({ status }) => !isTerminal(status));
}

/** Writes the refund of an order as it was read just before. */
async function refund(context: OrderFlowContext, order: Order, actor: string | undefined): Promise<OrderResult> {
  const { database, orders, clock, ids } = context;
  const { orderId } = order;
  const at = clock.now().toISOString();
  const refundTransactionId = ids.ulid();
  const feeMinor = order.fills.reduce((sum, fill) => sum + (fill.feeMinor ?? 0n), 0n);
  const entry: BalanceTransaction = {
    transactionId: refundTransactionId,
    owner: order.owner,
    transactionType: 'ORDER_REFUND',
    status: 'COMPLETED',
    postings: refundPostings(order.fills.flatMap((fill) => fillPostings(order, fill))),
    orderId,
    ...(feeMinor > 0n && { feeMinor }),
    ...(actor !== undefined && { actor }),
    createdAt: at,
    updatedAt: at,
  };

  const { item } = await executeWrite(database, {
    operation: 'refundOrder',
    reference: { orderId },
    guard: orders.refundOrderGuard(order, { refundTransactionId, writeId: ids.ulid(), at }),
    actions: settlementActions(context, entry),
  });
  if (!item)
    return { order: { ...order, refundTransactionId, updatedAt: at, version: order.version + 1 }, replayed: false };

  // Our entry on it means that we refunded it, even if another caller has changed the order since and replaced the `writeId`.
  const stored = fromOrderItem(item);
  return { order: stored, replayed: stored.refundTransactionId !== refundTransactionId };
}
