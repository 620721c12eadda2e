import { toPortfolioResponse, type Portfolio } from '@cnop/portfolio';
import { formatDecimal } from '@cnop/utils';
import type { OrderCosts } from './order-costs.ts';
import type { OrderCounts, Trader } from './trader.ts';

/** What a user came to; amounts in dollars as decimal text. */
export interface UserReport {
  readonly username: string;
  readonly strategy: string;
  /** Deposits less withdrawals. */
  readonly paidIn: string;
  readonly cash: string;
  readonly holdings: readonly { readonly assetId: string; readonly quantity: string; readonly value: string }[];
  readonly holdingsValue: string;
  /** Cash and holdings less what was paid in. */
  readonly profit: string;
  readonly orders: OrderCounts;
}

/** The end of a run. */
export interface DemoReport {
  readonly seed: number;
  readonly months: number;
  readonly backend: string;
  readonly users: readonly UserReport[];
  readonly costs: OrderCosts;
  readonly ledger: { readonly brokenInvariants: number; readonly checked: object };
}

const cents = 2;

/** What one trader came to. */
export function userReport(trader: Trader, portfolio: Portfolio): UserReport {
  const { strategy, counts, depositedMinor, withdrawnMinor } = trader;
  const dollars = portfolio.totals.find(({ currency }) => currency === 'USD');
  const paidInMinor = depositedMinor - withdrawnMinor;
  const { holdings } = toPortfolioResponse(portfolio);

  return {
    username: strategy.username,
    strategy: strategy.name,
    paidIn: formatDecimal(paidInMinor, cents),
    cash: formatDecimal(dollars?.cashMinor ?? 0n, cents),
    holdings: holdings.map(({ assetId, available, value = '0.00' }) => ({ assetId, quantity: available, value })),
    holdingsValue: formatDecimal(dollars?.holdingsMinor ?? 0n, cents),
    profit: formatDecimal((dollars?.totalMinor ?? 0n) - paidInMinor, cents),
    orders: { ...counts },
  };
}
