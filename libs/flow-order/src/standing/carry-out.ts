import { ledgerErrors } from '@cnop/entities-ledger';
import { failureCodes, sideOf, type Due, type Order } from '@cnop/entities-order';
import type { OrderFlowContext } from '../order-flow-context.ts';
import { endStep } from './end-order.ts';
import { amountsOfFill, fillableQuantity } from './fill-amounts.ts';
import { fillStep } from './fill-order.ts';
import { nextVersion, takeStep, type OrderStep, type SharedTriggers, type StepOutcome } from './order-step.ts';

/** What is due, and how the triggers of the asset are written. */
interface DueOrder {
  readonly due: Due;
  readonly triggers: SharedTriggers;
  /** The order as it is stored, where it is carried out as changed in the same write. Default: as it is given. */
  readonly stored?: Order;
}

/**
 * Does to an open order what a tick makes due, at that tick's price, in one write. Nothing is judged again, but for a balance that must
 * pay and is frozen: then the order fails, and what it holds is released.
 *
 * @returns the order as it stands; not `done` where another write came first.
 */
export async function carryOut(
  context: OrderFlowContext,
  order: Order,
  { due, triggers, stored: from = order }: DueOrder,
): Promise<StepOutcome> {
  const take = (step: OrderStep) => takeStep(context, 'executeOrder', { from, step, triggers });

  try {
    return await take(await stepOf(context, order, { due, triggers }));
  } catch (error) {
    if (!ledgerErrors.BalanceFrozenError.is(error)) throw error;

    return await take(endStep(context, order, { status: 'FAILED', code: error.code }));
  }
}

async function stepOf(
  context: OrderFlowContext,
  order: Order,
  { due: { tick, action }, triggers }: DueOrder,
): Promise<OrderStep> {
  if (action === 'WORK_AS_LIMIT') return workAsLimit(context, order, tick.asOf);
  if (action === 'EXCEED_COLLAR')
    return endStep(context, order, { status: 'FAILED', code: failureCodes.COLLAR_EXCEEDED });

  const { priceMinor } = tick;
  const fill = { priceMinor, quantityMinor: fillableQuantity(order, priceMinor), tickAsOf: tick.asOf };
  const nothing = nothingMoved(order, fill);
  return nothing === undefined
    ? await fillStep(context, order, { fill, triggers })
    : endStep(context, order, { status: 'FAILED', code: nothing });
}

/** The code with which an order fails whose fill would move nothing: minimums are for who places an order, nothing is no fill. */
function nothingMoved(
  order: Order,
  fill: { readonly priceMinor: bigint; readonly quantityMinor: bigint },
): string | undefined {
  if (fill.quantityMinor <= 0n) return 'QUANTITY_BELOW_MINIMUM';

  return sideOf(order.orderType) === 'SELL' && amountsOfFill(order, fill).receivedMinor <= 0n
    ? 'NOTIONAL_BELOW_MINIMUM'
    : undefined;
}

/** A stop-limit whose stop was touched: from this tick on it works as a limit order, and nothing moves. */
function workAsLimit({ clock }: OrderFlowContext, order: Order, triggeredAt: string): OrderStep {
  const at = clock.now().toISOString();
  const to = nextVersion(order, at);
  const change = { at, actor: 'system', version: to.version, field: 'triggeredAt', to: triggeredAt };

  return { to: { ...to, triggeredAt, changes: [...(order.changes ?? []), change] }, actions: [] };
}
