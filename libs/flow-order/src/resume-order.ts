import { isOpen, isStanding, type Order, type StandingOrder } from '@cnop/entities-order';
import { isDomainError, sharedErrors } from '@cnop/exceptions';
import { orderIdSchema, ownerSchema, parseInput } from '@cnop/validation';
import * as z from 'zod';
import type { OrderFlowContext, OrderResult } from './order-flow-context.ts';
import { carryOut } from './standing/carry-out.ts';
import { endStep } from './standing/end-order.ts';
import { judgeByLog } from './standing/judge-by-log.ts';
import { nextVersion, takeStep, type StepOutcome } from './standing/order-step.ts';
import { assertOpen } from './standing/venue-order.ts';
import { workOff } from './standing/work-off.ts';

const resumeOrderSchema = z.strictObject({
  orderId: orderIdSchema,
  /** Who resumes it, for the journal where it expires by that. */
  actor: ownerSchema.optional(),
});

/** What names the order to resume. */
export type ResumeOrder = z.input<typeof resumeOrderSchema>;

/** How often the order is judged anew because another write came first. */
const attemptsAtMost = 10;

/** Brings an order that was set aside back: executed where it is due, else within reach of triggers. */
export async function resumeOrder(context: OrderFlowContext, input: ResumeOrder): Promise<OrderResult> {
  const { orderId, actor } = parseInput(resumeOrderSchema, input);
  const order = await context.orders.getOrder(orderId);

  return await context.accountQueue.run(order.owner, () => resume(context, order, actor));
}

async function resume(context: OrderFlowContext, order: Order, actor: string | undefined): Promise<OrderResult> {
  let current = order;

  for (let attempt = 1; attempt <= attemptsAtMost; attempt += 1) {
    assertOpen(current);
    if (current.setAsideAt === undefined || !isStanding(current)) return { order: current, replayed: true };

    const { order: left, done } = await takeBack(context, current, actor);
    if (done) return { order: await judgedAgain(context, left), replayed: false };
    current = left;
  }
  throw new sharedErrors.ContentionError({ attempts: attemptsAtMost });
}

/**
 * Within reach again, an order is judged once more: a tick may have been worked off just before. It is resumed even where that fails,
 * and then found by a sweep.
 */
async function judgedAgain(context: OrderFlowContext, order: Order): Promise<Order> {
  if (!isOpen(order.status)) return order;

  try {
    return (await workOff(context, order)).order;
  } catch (error) {
    if (!isDomainError(error) || sharedErrors.OutcomeUnknownError.is(error)) throw error;
    return order;
  }
}

/** One write: what the log makes due of the order, its expiry, or its return into reach. */
async function takeBack(
  context: OrderFlowContext,
  stored: StandingOrder,
  actor: string | undefined,
): Promise<StepOutcome> {
  const asset = await context.assets.getAsset(stored.assetId);
  const order: StandingOrder = { ...stored, setAsideAt: undefined, setAsideCode: undefined };
  const { due, isPast } = await judgeByLog(context, order, { ...asset, fromBeginning: true });
  if (due) return await carryOut(context, order, { due, triggers: asset, stored });

  const now = context.clock.now();
  const isOver = isPast || now.getTime() >= Date.parse(order.expiresAt) + context.expiryGraceMs;
  const step = isOver
    ? endStep(context, order, { status: 'EXPIRED', actor })
    : { to: nextVersion(order, now.toISOString()), actions: [] };
  return await takeStep(context, 'resumeOrder', { from: stored, step, triggers: asset });
}
