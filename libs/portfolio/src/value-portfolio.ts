import type { Asset } from '@cnop/entities-inventory';
import type { Balance } from '@cnop/entities-ledger';
import { multiplyAmounts } from '@cnop/utils';
import { currencyScale, isCurrencyCode } from '@cnop/validation';
import type { CashPosition, CurrencyTotal, Holding, Portfolio, Valuation } from './portfolio.ts';

/** Balances that are not empty, the assets among them, and the moment. */
export interface PortfolioParts {
  readonly owner: string;
  readonly asOf: string;
  readonly balances: readonly Balance[];
  readonly assets: readonly Asset[];
}

/** Puts a portfolio together; pure. */
export function valuePortfolio({ owner, asOf, balances, assets }: PortfolioParts): Portfolio {
  const assetById = new Map(assets.map((asset) => [asset.assetId, asset]));
  const cash = balances.filter(({ code }) => isCurrencyCode(code)).map(toCash);
  const holdings = balances
    .filter(({ code }) => !isCurrencyCode(code))
    .map((balance) => toHolding(balance, assetById.get(balance.code)));

  return { owner, asOf, cash, holdings, totals: totalsOf(cash, holdings) };
}

const toCash = ({ code, scale, availableMinor, heldMinor }: Balance): CashPosition => ({
  currency: code,
  scale,
  availableMinor,
  heldMinor,
});

function toHolding({ code, scale, availableMinor, heldMinor }: Balance, asset: Asset | undefined): Holding {
  const holding = { assetId: code, scale, availableMinor, heldMinor };
  const valuation = asset && valueAt(asset, { quantityMinor: availableMinor + heldMinor, quantityScale: scale });

  return valuation ? { ...holding, valuation } : holding;
}

interface Quantity {
  readonly quantityMinor: bigint;
  readonly quantityScale: number;
}

function valueAt(asset: Asset, quantity: Quantity): Valuation | undefined {
  const { currency, priceScale, priceMinor, priceAsOf, priceSource } = asset;
  if (priceMinor === undefined || priceAsOf === undefined || priceSource === undefined) return undefined;

  const resultScale = currencyScale(currency);
  const valueMinor = multiplyAmounts({ priceMinor, priceScale, ...quantity, resultScale, rounding: 'down' });
  return { currency, currencyScale: resultScale, priceMinor, priceScale, priceAsOf, priceSource, valueMinor };
}

function totalsOf(cash: readonly CashPosition[], holdings: readonly Holding[]): CurrencyTotal[] {
  const values = holdings.flatMap(({ valuation }) => (valuation ? [valuation] : []));
  const currencies = new Set([...cash, ...values].map(({ currency }) => currency));

  return [...currencies].sort().map((currency) => {
    const cashMinor = cash
      .filter((position) => position.currency === currency)
      .reduce((sum, { availableMinor, heldMinor }) => sum + availableMinor + heldMinor, 0n);
    const holdingsMinor = values
      .filter((valuation) => valuation.currency === currency)
      .reduce((sum, { valueMinor }) => sum + valueMinor, 0n);

    return {
      currency,
      scale: currencyScale(currency),
      cashMinor,
      holdingsMinor,
      totalMinor: cashMinor + holdingsMinor,
    };
  });
}
