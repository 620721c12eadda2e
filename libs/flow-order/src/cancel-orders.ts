import { isOpen } from '@cnop/entities-order';
import { isDomainError } from '@cnop/exceptions';
import { assetIdSchema, ownerSchema, pageSchema, parseInput } from '@cnop/validation';
import * as z from 'zod';
import { cancelOrder } from './cancel-order.ts';
import type { OrderFlowContext } from './order-flow-context.ts';

const cancelOrdersSchema = z.strictObject({
  owner: ownerSchema,
  assetId: assetIdSchema,
  /** Who cancels, for the journal. */
  actor: ownerSchema.optional(),
  ...pageSchema.shape,
});

/** Whose open orders to cancel, and a page of them. */
export type CancelOrders = z.input<typeof cancelOrdersSchema>;

/** An order that was not cancelled. */
export interface FailedCancellation {
  readonly orderId: string;
  /** The code of the error: ORDER_NOT_CANCELLABLE where it was filled or expired by the ticks accepted so far. */
  readonly code: string;
}

/** What became of a page of an owner's orders. */
export interface CancelledOrders {
  /** How many this call cancelled, or asked their venue to end. */
  readonly cancelled: number;
  readonly failed: readonly FailedCancellation[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

/** Cancels the open orders of an owner and asset, one after another, a page of all their orders at a time. */
export async function cancelOrders(context: OrderFlowContext, input: CancelOrders): Promise<CancelledOrders> {
  const { actor, ...page } = parseInput(cancelOrdersSchema, input);
  const { items, nextCursor } = await context.orders.getOrdersByUserAndAsset(page);
  const failed: FailedCancellation[] = [];
  let cancelled = 0;

  for (const { orderId, status } of items) {
    if (!isOpen(status)) continue;
    try {
      const { replayed } = await cancelOrder(context, { orderId, owner: page.owner, actor });
      if (!replayed) cancelled += 1;
    } catch (error) {
      if (!isDomainError(error)) throw error;
      failed.push({ orderId, code: error.code });
    }
  }
  return { cancelled, failed, ...(nextCursor !== undefined && { nextCursor }) };
}
