import { orderIdSchema, parseInput, ownerSchema } from '@cnop/validation';
import * as z from 'zod';
import type { OrderFlowContext, OrderResult } from './order-flow-context.ts';

const cancelOrderSchema = z.strictObject({
  orderId: orderIdSchema,
  /** Whose order it must be; another user's is not found. */
  owner: ownerSchema.optional(),
});

/** What names the order to cancel. */
export type CancelOrder = z.input<typeof cancelOrderSchema>;

/** Cancels an order that holds nothing; another owner's order is not found. */
export async function cancelOrder({ orders }: OrderFlowContext, input: CancelOrder): Promise<OrderResult> {
  const { orderId, owner } = parseInput(cancelOrderSchema, input);
  if (owner !== undefined) await orders.getOrder(orderId, { owner });

  return await orders.updateOrderStatus({ orderId, status: 'CANCELLED' });
}
