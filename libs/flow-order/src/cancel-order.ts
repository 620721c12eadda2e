import { sharedErrors } from '@cnop/exceptions';
import { isOpen, isStanding, isTerminal, orderErrors, type Order } from '@cnop/entities-order';
import { orderIdSchema, parseInput, ownerSchema } from '@cnop/validation';
import * as z from 'zod';
import type { OrderFlowContext, OrderResult } from './order-flow-context.ts';
import { endStep } from './standing/end-order.ts';
import { nextVersion, takeStep, type OrderEnd } from './standing/order-step.ts';
import { workOff } from './standing/work-off.ts';

const cancelOrderSchema = z.strictObject({
  orderId: orderIdSchema,
  /** Whose order it must be; another user's is not found. */
  owner: ownerSchema.optional(),
  /** Who cancels, for the journal. */
  actor: ownerSchema.optional(),
});

/** What names the order to cancel. */
export type CancelOrder = z.input<typeof cancelOrderSchema>;

/** How often the cancellation is derived anew because another write came first. */
const attemptsAtMost = 10;

/** Cancels an open order, after doing what is due of it; another owner's order is not found. */
export async function cancelOrder(context: OrderFlowContext, input: CancelOrder): Promise<OrderResult> {
  const { orderId, owner, actor } = parseInput(cancelOrderSchema, input);
  const order = await context.orders.getOrder(orderId, { owner });
  if (!isTerminal(order.status) && !holdsByFlow(order))
    return await context.orders.updateOrderStatus({ orderId, status: 'CANCELLED' });

  return await context.accountQueue.run(order.owner, () =>
    endAfterWork(context, order, { status: 'CANCELLED', actor }),
  );
}

/** Whether this flow has opened it: a standing order, or a market order at a venue. */
const holdsByFlow = (order: Order): boolean =>
  isOpen(order.status) && (isStanding(order) || order.execution === 'VENUE');

/**
 * Ends an open order as it is asked for, unless it is filled or expires by what the ticks accepted so far make of it. What a venue
 * executes ends only when the venue has confirmed it.
 *
 * @throws OrderNotCancellableError naming the status, when the order has ended otherwise.
 */
export async function endAfterWork(context: OrderFlowContext, order: Order, end: OrderEnd): Promise<OrderResult> {
  let current = order;

  for (let attempt = 1; attempt <= attemptsAtMost; attempt += 1) {
    if (!isOpen(current.status)) return settled(current, end);
    if (current.endRequested) return { order: current, replayed: true };

    const worked = await workOff(context, current);
    if (!isOpen(worked.order.status)) return settled(worked.order, end);
    const isVenue = worked.order.execution === 'VENUE';
    const thisEnd: OrderEnd = worked.isPast ? { status: 'EXPIRED' } : end;
    const step = isVenue ? requestEnd(context, worked.order, thisEnd) : endStep(context, worked.order, thisEnd);
    const taken = await takeStep(context, 'cancelOrder', { from: worked.order, step, triggers: worked.asset });

    if (taken.done) return isVenue ? { order: taken.order, replayed: false } : settled(taken.order, end, false);
    current = taken.order;
  }
  throw new sharedErrors.ContentionError({ attempts: attemptsAtMost });
}

/** The order as it ended; the status that was asked for is a replay unless this call gave it. */
function settled(order: Order, { status }: OrderEnd, replayed = true): OrderResult {
  if (order.status === status) return { order, replayed };

  throw new orderErrors.OrderNotCancellableError({ orderId: order.orderId, status: order.status });
}

/** The step that asks a venue to end an order: the hold stays, and a fill that arrives before the venue has ended it is taken. */
function requestEnd({ clock }: OrderFlowContext, order: Order, { status, code }: OrderEnd) {
  const at = clock.now().toISOString();

  return {
    to: { ...nextVersion(order, at), endRequested: { status, ...(code !== undefined && { code }), at } },
    actions: [],
  };
}
