import type { BrokenInvariant, LedgerCounts } from '@cnop/ledger-audit';
import { toPortfolioResponse, type Portfolio } from '@cnop/portfolio';
import { formatDecimal } from '@cnop/utils';
import Table from 'cli-table3';
import type { OrderCosts } from './order-costs.ts';
import type { OrderCounts, Trader } from './trader.ts';

/** What a user came to; amounts in dollars as decimal text. */
export interface UserReport {
  readonly owner: string;
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
  readonly ledger: {
    readonly brokenInvariants: number;
    /** What could not be decided; on a ledger at rest, nothing. */
    readonly unsettled: number;
    /** The first breaks, with the items that prove them. */
    readonly broken: readonly BrokenInvariant[];
    readonly checked: LedgerCounts;
  };
}

/** Whether the ledger held. */
export const isClean = ({ ledger }: Pick<DemoReport, 'ledger'>): boolean =>
  ledger.brokenInvariants === 0 && ledger.unsettled === 0;

const cents = 2;

/** What one trader came to. */
export function userReport(trader: Trader, portfolio: Portfolio): UserReport {
  const { strategy, counts, depositedMinor, withdrawnMinor } = trader;
  const dollars = portfolio.totals.find(({ currency }) => currency === 'USD');
  const paidInMinor = depositedMinor - withdrawnMinor;
  const { holdings } = toPortfolioResponse(portfolio);

  return {
    owner: strategy.owner,
    strategy: strategy.name,
    paidIn: formatDecimal(paidInMinor, cents),
    cash: formatDecimal(dollars?.cashMinor ?? 0n, cents),
    holdings: holdings.map(({ assetId, available, value = '0.00' }) => ({ assetId, quantity: available, value })),
    holdingsValue: formatDecimal(dollars?.holdingsMinor ?? 0n, cents),
    profit: formatDecimal((dollars?.totalMinor ?? 0n) - paidInMinor, cents),
    orders: { ...counts },
  };
}

/** The report as text for people; its last line is the verdict on the ledger. */
export function printReport({ users, costs, ledger, seed, months }: DemoReport): string {
  const table = new Table({
    head: ['user', 'strategy', 'paid in', 'cash', 'holdings', 'worth', 'profit', 'orders', 'refused', 'repeated'],
    colAligns: ['left', 'left', 'right', 'right', 'left', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  });

  for (const { owner, strategy, paidIn, cash, holdings, holdingsValue, profit, orders } of users) {
    const shares = holdings.map(({ assetId, quantity }) => `${assetId} ${quantity}`).join('\n');
    const { completed, refused, replayed } = orders;
    table.push([owner, strategy, paidIn, cash, shares, holdingsValue, profit, completed, refused, replayed]);
  }

  return [
    `${months} months, seed ${seed}; amounts in USD`,
    table.toString(),
    `Each of ${costs.orders} executed orders: ${costs.requestsPerCall.toFixed(2)} request, ${costs.itemsPerOrder.toFixed(2)} items, ` +
      `${costs.tableUnitsPerOrder.toFixed(2)} write units, and ${costs.indexUnitsPerOrder.toFixed(2)} of its indexes`,
    ...ledger.broken.map(({ rule, message, owner }) => `${rule}${owner ? ` (${owner})` : ''}: ${message}`),
    ...(ledger.unsettled > 0 ? [`${ledger.unsettled} could not be decided`] : []),
    `${ledger.brokenInvariants} broken invariants`,
  ].join('\n');
}
