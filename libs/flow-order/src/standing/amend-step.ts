import { holdPostings, releasePostings } from '@cnop/entities-ledger';
import { workingLimitOf, type StandingOrder } from '@cnop/entities-order';
import type { OrderFlowContext } from '../order-flow-context.ts';
import type { Amendment } from './amendment.ts';
import { fillableQuantity } from './fill-amounts.ts';
import { fillStep } from './fill-order.ts';
import { heldBalanceOf, orderEntry, type OrderStep } from './order-step.ts';
import { marketability } from './prepare-standing.ts';
import type { PricedAsset } from './standing-draft.ts';

/** An amendment to make, by whom, and the asset as it was read. */
interface AmendmentToMake {
  readonly amendment: Amendment;
  readonly asset: PricedAsset;
  readonly now: Date;
  readonly actor: string;
}

/** The step that makes an amendment: the order rests on as amended, or is filled at once where it works as a limit order that is met. */
export async function amendStep(
  context: OrderFlowContext,
  from: StandingOrder,
  make: AmendmentToMake,
): Promise<OrderStep> {
  return isMarketable(context, make) ? await executeStep(context, from, make) : restStep(context, from, make);
}

/** Where the reference price is stale or the asset is halted, the order rests. */
function isMarketable({ maxPriceAgeMs }: OrderFlowContext, { amendment, asset, now }: AmendmentToMake): boolean {
  const { to: order, isRepriced } = amendment;

  return (
    isRepriced &&
    workingLimitOf(order) !== undefined &&
    asset.status === 'ACTIVE' &&
    marketability({ order }, asset, { now, maxPriceAgeMs }) === undefined
  );
}

/** The step that fills the amended order at the reference price: out of its hold and, where that is short, of what is available. */
async function executeStep(
  context: OrderFlowContext,
  from: StandingOrder,
  { amendment: { to }, asset }: AmendmentToMake,
): Promise<OrderStep> {
  const { executablePriceMinor: priceMinor, executableAsOf: priceAsOf, executableSource } = asset;
  const priceSource = executableSource === undefined ? undefined : { priceSource: executableSource };

  return await fillStep(context, from, {
    // No tick after it was repriced made this fill: like that of an order that is executed at placing, it names none.
    fill: { priceMinor, quantityMinor: fillableQuantity(to, priceMinor) },
    amended: { ...to, priceAsOf, ...priceSource, version: from.version },
    exitsFrom: priceAsOf,
    triggers: asset,
  });
}

/** The step after which the order rests on: what it needs more is held, what it needs less is released. */
function restStep(
  { balances, ids }: OrderFlowContext,
  from: StandingOrder,
  { amendment: { to }, actor }: AmendmentToMake,
): OrderStep {
  const raisedMinor = to.heldMinor - from.heldMinor;
  if (raisedMinor === 0n) return { to, actions: [] };

  const isRaised = raisedMinor > 0n;
  const transactionType = isRaised ? 'ORDER_HOLD' : 'ORDER_RELEASE';
  const transactionId = ids.ulid();
  const at = to.updatedAt;
  const moved = { ...heldBalanceOf(from), amountMinor: isRaised ? raisedMinor : -raisedMinor };
  const postings = isRaised ? holdPostings(moved) : releasePostings(moved);
  const entry = orderEntry(from, { transactionId, transactionType, postings, at, actor });

  return {
    to: { ...to, adjustments: [...(to.adjustments ?? []), { transactionId, transactionType }] },
    actions: [
      balances.putTransactionAction(entry),
      isRaised ? balances.holdAction({ ...moved, at }) : balances.releaseAction({ ...moved, at }),
    ],
  };
}
