import { inventoryErrors } from '@cnop/entities-inventory';
import { actionAt, isOco, isTakeProfit, isTrail, orderErrors, sideOf, workingLimitOf } from '@cnop/entities-order';
import { formatDecimal } from '@cnop/utils';
import { assertRules, type Rule } from '@cnop/validation';
import { amountsOfFill } from './fill-amounts.ts';
import type { PricedAsset, StandingDraft } from './standing-draft.ts';

/** A standing order as it is judged before it is placed or amended. */
export interface StandingJudgement extends Pick<StandingDraft, 'order' | 'triggerMinor'> {
  readonly asset: PricedAsset;
  readonly now: Date;
  readonly maxPriceAgeMs: number;
  readonly maxOrderLifeMs: number;
  /** The watermark of a trail as of now. */
  readonly watermarkMinor: bigint;
}

type StandingRule = Rule<StandingJudgement>;

const price = ({ order }: StandingJudgement, minor: bigint) => formatDecimal(minor, order.priceScale);

/** A notional too small to buy the least quantity at the hold price buys nothing that can be shown. */
const quantityIsEnough: StandingRule = ({ order, asset: { assetId, minQuantityMinor, decimals } }) =>
  order.quantityMinor >= minQuantityMinor
    ? undefined
    : new inventoryErrors.QuantityTooSmallError({
        assetId,
        quantity: formatDecimal(order.quantityMinor, decimals),
        minimum: formatDecimal(minQuantityMinor, decimals),
      });

/** At the limit, at the most that a stop buy pays, at the stop of a sell; what a sell would receive must be something. */
const notionalIsEnough: StandingRule = (judged) => {
  const { order, triggerMinor, asset } = judged;
  const isBuy = sideOf(order.orderType) === 'BUY';
  const priceMinor = isBuy ? (order.holdPriceMinor ?? triggerMinor) : leastPriceOf(order, triggerMinor);
  const { notionalMinor, receivedMinor } = amountsOfFill(order, { priceMinor, quantityMinor: order.quantityMinor });
  const worth = order.notionalMinor ?? notionalMinor;

  return worth >= asset.minNotionalMinor && (isBuy || receivedMinor > 0n)
    ? undefined
    : new inventoryErrors.NotionalTooSmallError({
        assetId: asset.assetId,
        notional: formatDecimal(worth, order.currencyScale),
        minimum: formatDecimal(asset.minNotionalMinor, order.currencyScale),
      });
};

/** The price at which a sell is worth least: the limit it works at, or its stop. */
function leastPriceOf(
  { limitPriceMinor, stopLimitPriceMinor, orderType }: StandingDraft['order'],
  triggerMinor: bigint,
) {
  const limit = isOco(orderType) ? stopLimitPriceMinor : limitPriceMinor;

  return limit ?? triggerMinor;
}

const limitIsOnItsSide: StandingRule = (judged) => {
  const { order, triggerMinor } = judged;
  const { orderType, limitPriceMinor, stopLimitPriceMinor, maxPriceMinor } = order;
  if (workingLimitOf(order) !== undefined) return undefined;
  const limit = isOco(orderType) ? (stopLimitPriceMinor ?? maxPriceMinor) : (limitPriceMinor ?? maxPriceMinor);
  const isBuy = sideOf(orderType) === 'BUY';

  return limit === undefined || isTakeProfit(orderType) || (isBuy ? limit >= triggerMinor : limit <= triggerMinor)
    ? undefined
    : new orderErrors.LimitOnWrongSideError({ limit: price(judged, limit), stop: price(judged, triggerMinor) });
};

const trailIsNarrow: StandingRule = (judged) => {
  const { order, triggerMinor, watermarkMinor } = judged;
  const isWide = triggerMinor <= 0n || (order.trailAmountMinor ?? 0n) >= watermarkMinor;

  return isTrail(order) && isWide
    ? new orderErrors.TrailTooWideError({
        trail:
          order.trailAmountMinor === undefined
            ? `${formatDecimal(BigInt(order.trailBps ?? 0), 2)} %`
            : price(judged, order.trailAmountMinor),
        price: price(judged, watermarkMinor),
      })
    : undefined;
};

/** What works as a limit order is executed at once where it is marketable; all others are refused that the reference price would trigger. */
const wouldNotTrigger: StandingRule = (judged) => {
  const { order, asset, triggerMinor, watermarkMinor } = judged;
  const reference = asset.executablePriceMinor;
  if (workingLimitOf(order) !== undefined || order.execution === 'VENUE') return undefined;

  return actionAt(order, reference, watermarkMinor) === undefined
    ? undefined
    : new orderErrors.OrderWouldTriggerError({
        price: price(judged, reference),
        trigger: price(judged, triggerOfSide(judged, triggerMinor)),
      });
};

/** Of an OCO whose profit side would trigger, that side. */
const triggerOfSide = ({ order, asset }: StandingJudgement, triggerMinor: bigint): bigint => {
  const { orderType, limitPriceMinor } = order;
  const reference = asset.executablePriceMinor;
  if (!isOco(orderType) || limitPriceMinor === undefined) return triggerMinor;
  const meets = sideOf(orderType) === 'SELL' ? reference >= limitPriceMinor : reference <= limitPriceMinor;

  return meets ? limitPriceMinor : triggerMinor;
};

/** Above all that the entry can pay; below its limit and its trigger. */
const exitsAreOnTheirSides: StandingRule = (judged) => {
  const { order, triggerMinor } = judged;
  const { exitTerms: exits, holdPriceMinor = 0n, limitPriceMinor } = order;
  if (!exits) return undefined;
  const wrong = (field: string, exitMinor: bigint, boundMinor: bigint) =>
    new orderErrors.ExitsOnWrongSideError({ field, price: price(judged, exitMinor), bound: price(judged, boundMinor) });
  const lowest = limitPriceMinor !== undefined && limitPriceMinor < triggerMinor ? limitPriceMinor : triggerMinor;
  const { takeProfitPriceMinor, stopPriceMinor, stopLimitPriceMinor, trailAmountMinor } = exits;

  if (takeProfitPriceMinor <= holdPriceMinor)
    return wrong('exits.takeProfitPrice', takeProfitPriceMinor, holdPriceMinor);
  if (stopPriceMinor !== undefined && stopPriceMinor >= lowest) return wrong('exits.stopPrice', stopPriceMinor, lowest);
  if (stopLimitPriceMinor !== undefined && stopPriceMinor !== undefined && stopLimitPriceMinor > stopPriceMinor)
    return new orderErrors.LimitOnWrongSideError({
      limit: price(judged, stopLimitPriceMinor),
      stop: price(judged, stopPriceMinor),
    });
  return trailAmountMinor !== undefined && trailAmountMinor >= lowest
    ? new orderErrors.TrailTooWideError({ trail: price(judged, trailAmountMinor), price: price(judged, lowest) })
    : undefined;
};

const expiryIsInRange: StandingRule = ({ order, asset, now, maxOrderLifeMs }) => {
  const { expiresAt } = order;
  const at = now.toISOString();
  const after = asset.priceAsOf > at ? asset.priceAsOf : at;
  const atMost = new Date(now.getTime() + maxOrderLifeMs).toISOString();

  return expiresAt > after && expiresAt <= atMost
    ? undefined
    : new orderErrors.ExpiryOutOfRangeError({ expiresAt, after, atMost });
};

/** A trail begins at the reference price, so that must be of now; what waits at a price of its own may wait for the next tick. */
const priceIsFresh: StandingRule = ({ order, asset, now, maxPriceAgeMs }) =>
  !isTrail(order) || now.getTime() - Date.parse(asset.executableAsOf) <= maxPriceAgeMs
    ? undefined
    : new inventoryErrors.PriceStaleError({
        assetId: asset.assetId,
        priceAsOf: asset.executableAsOf,
        maxAgeMs: maxPriceAgeMs,
      });

const rules = [
  expiryIsInRange,
  priceIsFresh,
  limitIsOnItsSide,
  trailIsNarrow,
  quantityIsEnough,
  notionalIsEnough,
  wouldNotTrigger,
  exitsAreOnTheirSides,
];

/** Refuses a standing order that may not be placed. @throws the DomainError of the first rule that it breaks. */
export const assertPlaceable = (judged: StandingJudgement): void => {
  assertRules(judged, rules);
};

/** The same of a preview, which tells of an order that would trigger. */
export const assertPreviewable = (judged: StandingJudgement): void => {
  assertRules(
    judged,
    rules.filter((rule) => rule !== wouldNotTrigger),
  );
};

/** What an amendment changed, of which the rules are asked again. */
export interface ChangedParts {
  readonly expiry: boolean;
  readonly quantity: boolean;
  /** The prices, or a larger quantity. */
  readonly isRepriced: boolean;
}

/**
 * Refuses an amendment that may not be made: the rules of placing, of what it changed. The price may be of any age: a trail counts from
 * its own watermark.
 *
 * @throws the DomainError of the first rule that it breaks.
 */
export const assertAmendable = (judged: StandingJudgement, { expiry, quantity, isRepriced }: ChangedParts): void => {
  assertRules(judged, [
    ...(expiry ? [expiryIsInRange] : []),
    ...(isRepriced ? [limitIsOnItsSide, trailIsNarrow] : []),
    ...(isRepriced || quantity ? [quantityIsEnough, notionalIsEnough] : []),
    ...(isRepriced ? [wouldNotTrigger, exitsAreOnTheirSides] : []),
  ]);
};
