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

/** A value that rounds to nothing is below any minimum. */
const notionalIsEnough: TradeRule = ({ quote: { asset }, notionalMinor, currencyScale }) =>
  notionalMinor > 0n && notionalMinor >= asset.minNotionalMinor
    ? undefined
    : new inventoryErrors.NotionalTooSmallError({
        assetId: asset.assetId,
        notional: formatDecimal(notionalMinor, currencyScale),
        minimum: formatDecimal(asset.minNotionalMinor, currencyScale),
      });

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
