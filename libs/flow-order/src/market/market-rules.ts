import { inventoryErrors, isTooFarAhead, type Quote } from '@cnop/entities-inventory';
import { formatDecimal } from '@cnop/utils';
import { assertRules, type Rule } from '@cnop/validation';
import type { PricedOrder } from './priced-order.ts';

/** When a price is checked, how old it may be then, and how far ahead. */
interface PriceAge {
  readonly now: Date;
  readonly maxPriceAgeMs: number;
  readonly maxPriceAheadMs: number;
}

type TradeRule = Rule<PricedOrder & PriceAge>;

const assetIsActive: TradeRule = ({ quote: { asset } }) =>
  asset.status === 'ACTIVE' ? undefined : new inventoryErrors.AssetInactiveError({ assetId: asset.assetId });

const priceIsFresh: TradeRule = ({ quote, now, maxPriceAgeMs }) =>
  now.getTime() - Date.parse(quote.priceAsOf) <= maxPriceAgeMs
    ? undefined
    : new inventoryErrors.PriceStaleError({
        assetId: quote.asset.assetId,
        priceAsOf: quote.priceAsOf,
        maxAgeMs: maxPriceAgeMs,
      });

const priceIsNotAhead: TradeRule = ({ quote: { asset, priceAsOf }, now, maxPriceAheadMs }) =>
  isTooFarAhead(priceAsOf, now, maxPriceAheadMs)
    ? new inventoryErrors.PriceAheadError({ assetId: asset.assetId, priceAsOf, maxAheadMs: maxPriceAheadMs })
    : undefined;

const priceIsWithinCap: TradeRule = ({ quote, maxPriceMinor }) =>
  maxPriceMinor === undefined || quote.priceMinor <= maxPriceMinor ? undefined : priceLimit(quote, maxPriceMinor);

const priceIsAboveFloor: TradeRule = ({ quote, minPriceMinor }) =>
  minPriceMinor === undefined || quote.priceMinor >= minPriceMinor ? undefined : priceLimit(quote, minPriceMinor);

const priceLimit = ({ asset: { assetId, priceScale }, priceMinor }: Quote, limitMinor: bigint) =>
  new inventoryErrors.PriceLimitError({
    assetId,
    price: formatDecimal(priceMinor, priceScale),
    limit: formatDecimal(limitMinor, priceScale),
  });

const quantityIsEnough: TradeRule = ({ quote: { asset }, quantityMinor }) =>
  quantityMinor >= asset.minQuantityMinor
    ? undefined
    : new inventoryErrors.QuantityTooSmallError({
        assetId: asset.assetId,
        quantity: formatDecimal(quantityMinor, asset.decimals),
        minimum: formatDecimal(asset.minQuantityMinor, asset.decimals),
      });

/** A value that rounds to nothing is below any minimum, and so is one of a sale that the fee takes whole. */
const notionalIsEnough: TradeRule = (priced) => {
  const { quote, notionalMinor, currencyScale } = priced;
  const leastMinor = leastNotional(priced);

  return notionalMinor >= leastMinor
    ? undefined
    : new inventoryErrors.NotionalTooSmallError({
        assetId: quote.asset.assetId,
        notional: formatDecimal(notionalMinor, currencyScale),
        minimum: formatDecimal(leastMinor, currencyScale),
      });
};

/** A fee of at most a tenth, rounded up, takes the whole of one minor unit and never of more. */
function leastNotional({ order, feeBps, quote: { asset } }: PricedOrder): bigint {
  const leastMinor = feeBps > 0 && order.orderType === 'MARKET_SELL' ? 2n : 1n;

  return asset.minNotionalMinor > leastMinor ? asset.minNotionalMinor : leastMinor;
}

const rules = [
  assetIsActive,
  priceIsFresh,
  priceIsNotAhead,
  priceIsWithinCap,
  priceIsAboveFloor,
  quantityIsEnough,
  notionalIsEnough,
];

/** Refuses a market order that may not be executed. @throws the DomainError of the first rule that it breaks. */
export const assertTradable = (priced: PricedOrder, age: PriceAge): void => {
  assertRules({ ...priced, ...age }, rules);
};
