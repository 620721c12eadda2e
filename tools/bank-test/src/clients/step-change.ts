import { market } from '@cnop/simulation';
import type { Amounts } from '../history/amounts.ts';
import type { BankStep } from './step.ts';

type MovingStep = Extract<BankStep, { readonly amountMinor: number } | { readonly quantityMinor: number }>;

/** By this much price times quantity is too large for the currency. */
const divisor = 10n ** BigInt(market.decimals + market.priceScale - market.currencyScale);

/** What a step changes in its account when it is carried out at a price, reckoned without the libraries that carry it out. */
export function changeOf(step: MovingStep, priceMinor: number): Amounts {
  if ('amountMinor' in step) {
    const amountMinor = BigInt(step.amountMinor);
    return { cash: step.kind === 'deposit' ? amountMinor : -amountMinor, asset: 0n };
  }
  const quantityMinor = BigInt(step.quantityMinor);
  const product = quantityMinor * BigInt(priceMinor);

  return step.kind === 'buy'
    ? { cash: -((product + divisor - 1n) / divisor), asset: quantityMinor }
    : { cash: product / divisor, asset: -quantityMinor };
}
