import { market } from '@cnop/simulation';

/** What is available in an account, or what changes it, in minor units: the currency and the one asset that is traded. */
export interface Amounts {
  readonly cash: bigint;
  readonly asset: bigint;
}

/** Nothing. */
export const noAmounts: Amounts = { cash: 0n, asset: 0n };

/** Both together. */
export const addAmounts = (left: Amounts, right: Amounts): Amounts => ({
  cash: left.cash + right.cash,
  asset: left.asset + right.asset,
});

/** The same the other way. */
export const negated = ({ cash, asset }: Amounts): Amounts => ({ cash: -cash, asset: -asset });

/** Whether one of them is below zero. */
export const isNegative = ({ cash, asset }: Amounts): boolean => cash < 0n || asset < 0n;

/** Which of the two a code stands for. */
export const partOfCode = (code: string): keyof Amounts => (code === market.currency ? 'cash' : 'asset');

/** How many decimals each has. */
export const scales: Readonly<Record<keyof Amounts, number>> = { cash: market.currencyScale, asset: market.decimals };
