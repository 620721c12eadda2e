import { failureCodes, isOpen, type Order } from '@cnop/entities-order';
import { sharedErrors } from '@cnop/exceptions';
import { orderIdSchema, parseInput } from '@cnop/validation';
import * as z from 'zod';
import type { OrderFlowContext, OrderResult } from '../order-flow-context.ts';
import { endStep } from './end-order.ts';
import { takeStep, type OrderEnd } from './order-step.ts';
import { assertAtVenue, assertOpen } from './venue-order.ts';

const confirmEndSchema = z.strictObject({ orderId: orderIdSchema });

/** What names the order that has ended at its venue. */
export type ConfirmEnd = z.input<typeof confirmEndSchema>;

/** How often the end is derived anew because another write came first. */
const attemptsAtMost = 10;

/** Ends an order that its venue has ended: as it was asked for, as expired, or as rejected by the venue. */
export async function confirmEnd(context: OrderFlowContext, input: ConfirmEnd): Promise<OrderResult> {
  const { orderId } = parseInput(confirmEndSchema, input);
  const order = await context.orders.getOrder(orderId);
  assertAtVenue(order);

  return await context.accountQueue.run(order.owner, () => endAtVenue(context, order));
}

async function endAtVenue(context: OrderFlowContext, order: Order): Promise<OrderResult> {
  let current = order;

  for (let attempt = 1; attempt <= attemptsAtMost; attempt += 1) {
    if (hasEnded(current)) return { order: current, replayed: true };
    assertOpen(current);

    const step = endStep(context, current, endOf(current, context.clock.now()));
    const taken = await takeStep(context, 'confirmEnd', { from: current, step, triggers: {} });
    // Our release on it means that this call ended it, even if its note has been changed since.
    const isOurs = taken.done || taken.order.releaseTransactionId === step.to.releaseTransactionId;
    if (isOurs) return { order: taken.order, replayed: false };
    current = taken.order;
  }
  throw new sharedErrors.ContentionError({ attempts: attemptsAtMost });
}

/** How an order ends that nobody asked to end. Past its expiry it is only the worker that has not asked yet. */
const unasked = {
  expired: { status: 'EXPIRED', code: undefined },
  rejected: { status: 'FAILED', code: failureCodes.VENUE_REJECTED },
} as const;

/** The end that was asked for; without one the venue has ended the order by itself. */
function endOf({ endRequested, expiresAt }: Order, now: Date): OrderEnd {
  if (endRequested) return { status: endRequested.status as OrderEnd['status'], code: endRequested.code };

  return expiresAt !== undefined && now.getTime() >= Date.parse(expiresAt) ? unasked.expired : unasked.rejected;
}

/** Whether the end of the order is one that is confirmed. */
function hasEnded({ status, failureCode, endRequested }: Order): boolean {
  const ends = endRequested ? [endRequested] : [unasked.expired, unasked.rejected];

  return !isOpen(status) && ends.some((end) => status === end.status && failureCode === end.code);
}
