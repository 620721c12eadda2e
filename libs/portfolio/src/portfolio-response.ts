import { formatDecimal } from '@cnop/utils';
import type { CashPosition, CurrencyTotal, Holding, Portfolio } from './portfolio.ts';

/** A portfolio as an API shows it: amounts as decimal text with all the decimals of their scale. */
export interface PortfolioResponse {
  readonly username: string;
  readonly asOf: string;
  readonly cash: readonly { readonly currency: string; readonly available: string; readonly held: string }[];
  readonly holdings: readonly HoldingResponse[];
  readonly totals: readonly {
    readonly currency: string;
    readonly cash: string;
    readonly holdings: string;
    readonly total: string;
  }[];
}

/** One holding as an API shows it; price and value are absent while the asset has no price. */
export interface HoldingResponse {
  readonly assetId: string;
  readonly available: string;
  readonly held: string;
  readonly currency?: string;
  readonly price?: string;
  readonly priceAsOf?: string;
  readonly priceSource?: string;
  readonly value?: string;
}

/** The portfolio with every amount as decimal text. */
export function toPortfolioResponse({ username, asOf, cash, holdings, totals }: Portfolio): PortfolioResponse {
  return {
    username,
    asOf,
    cash: cash.map(toCashResponse),
    holdings: holdings.map(toHoldingResponse),
    totals: totals.map(toTotalResponse),
  };
}

const toCashResponse = ({ currency, scale, availableMinor, heldMinor }: CashPosition) => ({
  currency,
  available: formatDecimal(availableMinor, scale),
  held: formatDecimal(heldMinor, scale),
});

const toTotalResponse = ({ currency, scale, cashMinor, holdingsMinor, totalMinor }: CurrencyTotal) => ({
  currency,
  cash: formatDecimal(cashMinor, scale),
  holdings: formatDecimal(holdingsMinor, scale),
  total: formatDecimal(totalMinor, scale),
});

function toHoldingResponse({ assetId, scale, availableMinor, heldMinor, valuation }: Holding): HoldingResponse {
  const amounts = {
    assetId,
    available: formatDecimal(availableMinor, scale),
    held: formatDecimal(heldMinor, scale),
  };
  if (!valuation) return amounts;

  return {
    ...amounts,
    currency: valuation.currency,
    price: formatDecimal(valuation.priceMinor, valuation.priceScale),
    priceAsOf: valuation.priceAsOf,
    priceSource: valuation.priceSource,
    value: formatDecimal(valuation.valueMinor, valuation.currencyScale),
  };
}
