import type { Asset } from '@cnop/entities-inventory';
import type { Balance } from '@cnop/entities-ledger';
import { sharedErrors } from '@cnop/exceptions';
import { multiplyAmounts } from '@cnop/utils';
import { currencyScale, isCurrencyCode } from '@cnop/validation';
import type { CashPosition, CurrencyTotal, Holding, Portfolio, Valuation } from './portfolio.ts';

/** Balances that are not empty, the assets among them, and the moment. */
export interface PortfolioParts {
  readonly owner: string;
  readonly asOf: string;
  readonly balances: readonly Balance[];
  readonly assets: readonly PricedAsset[];
}

/** What a holding is valued by; without a price it is not. */
export type PricedAsset = Pick<
  Asset,
  'assetId' | 'currency' | 'priceScale' | 'priceMinor' | 'priceAsOf' | 'priceSource'
>;

/** Puts a portfolio together; pure. */
export function valuePortfolio({ owner, asOf, balances, assets }: PortfolioParts): Portfolio {
  const assetById = new Map(assets.map((asset) => [asset.assetId, asset]));
  const cash = balances.filter(({ code }) => isCurrencyCode(code)).map(toCash);
  const holdings = balances
    .filter(({ code }) => !isCurrencyCode(code))
    .map((balance) => toHolding(balance, assetById.get(balance.code)));

  const complete = holdings.every(({ valuation }) => valuation !== undefined);

  return { owner, asOf, cash, holdings, totals: totalsOf(cash, holdings), complete };
}

const toCash = ({ code, scale, availableMinor, heldMinor }: Balance): CashPosition => ({
  currency: code,
  scale,
  availableMinor,
  heldMinor,
});

function toHolding({ code, scale, availableMinor, heldMinor }: Balance, asset: PricedAsset | undefined): Holding {
  const holding = { assetId: code, scale, availableMinor, heldMinor };
  const valuation = asset && valueAt(asset, { quantityMinor: availableMinor + heldMinor, quantityScale: scale });

  return valuation ? { ...holding, valuation } : holding;
}

interface Quantity {
  readonly quantityMinor: bigint;
  readonly quantityScale: number;
}

/** Undefined without a price, in no registered currency, and for a value beyond what an amount can be. */
function valueAt(asset: PricedAsset, quantity: Quantity): Valuation | undefined {
  const { currency, priceScale, priceMinor, priceAsOf, priceSource } = asset;
  if (priceMinor === undefined || priceAsOf === undefined || priceSource === undefined) return undefined;

  if (!isCurrencyCode(currency)) return undefined;

  const resultScale = currencyScale(currency);
  const factors = { priceMinor, priceScale, ...quantity };
  const valueMinor = valueWithin(() => multiplyAmounts({ ...factors, resultScale, rounding: 'down' }));
  if (valueMinor === undefined) return undefined;

  return { currency, currencyScale: resultScale, priceMinor, priceScale, priceAsOf, priceSource, valueMinor };
}

function valueWithin(multiply: () => bigint): bigint | undefined {
  try {
    return multiply();
  } catch (error) {
    if (sharedErrors.InvalidAmountError.is(error) && error.details.rule === 'maximum') return undefined;
    throw error;
  }
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
