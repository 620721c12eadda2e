import {
  AssetInactiveError,
  NotionalTooSmallError,
  PriceLimitError,
  PriceStaleError,
  QuantityTooSmallError,
} from '@cnop/exceptions';
import { formatDecimal } from '@cnop/utils';
import { firstBroken, type Rule } from '@cnop/validation';
import type { MarketTerms } from './market-terms.ts';

/** A market order's terms with the moment at which they are judged. */
export interface MarketCase extends MarketTerms {
  readonly now: Date;
  readonly maxPriceAgeMs: number;
}

const assetIsActive: Rule<MarketCase> = ({ quote: { asset } }) =>
  asset.status === 'ACTIVE' ? undefined : new AssetInactiveError({ assetId: asset.assetId });

const priceIsFresh: Rule<MarketCase> = ({ quote, now, maxPriceAgeMs }) =>
  now.getTime() - Date.parse(quote.priceAsOf) <= maxPriceAgeMs
    ? undefined
    : new PriceStaleError({ assetId: quote.asset.assetId, priceAsOf: quote.priceAsOf, maxAgeMs: maxPriceAgeMs });

const priceIsWithinLimit: Rule<MarketCase> = ({ quote: { asset, priceMinor }, maxPriceMinor, minPriceMinor }) => {
  const limitMinor = maxPriceMinor ?? minPriceMinor;
  const beyond =
    (maxPriceMinor !== undefined && priceMinor > maxPriceMinor) ||
    (minPriceMinor !== undefined && priceMinor < minPriceMinor);

  return beyond && limitMinor !== undefined
    ? new PriceLimitError({
        assetId: asset.assetId,
        price: formatDecimal(priceMinor, asset.priceScale),
        limit: formatDecimal(limitMinor, asset.priceScale),
      })
    : undefined;
};

const quantityIsEnough: Rule<MarketCase> = ({ quote: { asset }, quantityMinor }) =>
  quantityMinor >= asset.minQuantityMinor
    ? undefined
    : new QuantityTooSmallError({
        assetId: asset.assetId,
        quantity: formatDecimal(quantityMinor, asset.decimals),
        minimum: formatDecimal(asset.minQuantityMinor, asset.decimals),
      });

/** A value that rounds to nothing is below any minimum. */
const notionalIsEnough: Rule<MarketCase> = ({ quote: { asset }, notionalMinor, currencyScale }) =>
  notionalMinor > 0n && notionalMinor >= asset.minNotionalMinor
    ? undefined
    : new NotionalTooSmallError({
        assetId: asset.assetId,
        notional: formatDecimal(notionalMinor, currencyScale),
        minimum: formatDecimal(asset.minNotionalMinor, currencyScale),
      });

/** The first reason not to execute a market order, if there is one. */
export const marketRefusal = (subject: MarketCase) =>
  firstBroken(subject, [assetIsActive, priceIsFresh, priceIsWithinLimit, quantityIsEnough, notionalIsEnough]);
