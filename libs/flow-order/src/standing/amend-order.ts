import { isTrail, orderAmendmentSchema, type Order } from '@cnop/entities-order';
import { sharedErrors } from '@cnop/exceptions';
import { orderIdSchema, ownerSchema, parseInput } from '@cnop/validation';
import * as z from 'zod';
import type { OrderFlowContext, OrderResult } from '../order-flow-context.ts';
import { amendableOrder, assertAllowed, pricedAsset } from './amend-rules.ts';
import { amendStep } from './amend-step.ts';
import { amendedTermsOf } from './amended-terms.ts';
import { amendmentOf, hasRecords } from './amendment.ts';
import { watermarkByLog } from './judge-by-log.ts';
import { takeStep } from './order-step.ts';
import { workOff } from './work-off.ts';

const amendOrderSchema = z.strictObject({
  orderId: orderIdSchema,
  /** Whose order it must be; another user's is not found. */
  owner: ownerSchema.optional(),
  /** Who amends, for the journal. Default: the owner. */
  actor: ownerSchema.optional(),
  amendment: orderAmendmentSchema,
  /** `venue`: the venue that executes the order, which alone may lower what it holds. */
  role: z.literal('venue').optional(),
});

/** What names the order to amend, and its new terms. */
export type AmendOrder = z.input<typeof amendOrderSchema>;

type Request = z.output<typeof amendOrderSchema>;

/** How often the amendment is derived anew because another write came first. */
const attemptsAtMost = 10;

/** Amends an open order, after doing what is due of it; another owner's order is not found. */
export async function amendOrder(context: OrderFlowContext, input: AmendOrder): Promise<OrderResult> {
  const request = parseInput(amendOrderSchema, input);
  const order = await context.orders.getOrder(request.orderId, { owner: request.owner });

  return await context.accountQueue.run(order.owner, () => amendAfterWork(context, order, request));
}

async function amendAfterWork(context: OrderFlowContext, order: Order, request: Request): Promise<OrderResult> {
  const { actor = order.owner, role } = request;
  const { expectedVersion } = request.amendment;
  let current = order;

  for (let attempt = 1; attempt <= attemptsAtMost; attempt += 1) {
    const worked = await workOff(context, current);
    const from = amendableOrder(worked, role);
    const asset = pricedAsset(worked.asset);
    const now = context.clock.now();
    const amendment = amendmentOf(from, amendedTermsOf(from, request.amendment), {
      at: now.toISOString(),
      actor,
      priceAsOf: asset.priceAsOf,
      watermarkMinor: isTrail(from)
        ? (worked.watermarkMinor ?? (await watermarkByLog(context, from, asset)))
        : undefined,
      maxOrderLifeMs: context.maxOrderLifeMs,
    });
    // A repeat after a lost response is one, whatever version it expects.
    if (amendment.records.length === 0) return { order: from, replayed: true };

    assertAllowed(context, { from, amendment, expectedVersion, role, asset, now });
    const step = await amendStep(context, from, { amendment, asset, now, actor });
    const taken = await takeStep(context, 'amendOrder', { from, step, triggers: asset });
    if (taken.done || (taken.mayBeOwn && hasRecords(taken.order, amendment)))
      return { order: taken.order, replayed: false };

    current = taken.order;
  }
  throw new sharedErrors.ContentionError({ attempts: attemptsAtMost });
}
