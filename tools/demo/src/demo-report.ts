import type { LedgerReport } from '@cnop/ledger-audit';
import { toPortfolioResponse, type Portfolio } from '@cnop/portfolio';
import { formatDecimal } from '@cnop/utils';
import Table from 'cli-table3';
import { printStandingOrders } from './standing-report.ts';
import type { StandingTrader } from './standing-trader.ts';
import type { Trader } from './trader.ts';

/** The end of a run. */
export interface DemoReport {
  readonly seed: number;
  readonly months: number;
  readonly users: readonly { readonly trader: Trader; readonly portfolio: Portfolio }[];
  /** Those whose orders wait for their price. */
  readonly standing: readonly StandingTrader[];
  /** The cost of an order, as a sentence. */
  readonly costs: string;
  readonly ledger: LedgerReport;
}

const cents = 2;

/** The report as text; its last line is the verdict on the ledger. */
export function printReport({ users, standing, costs, ledger, seed, months }: DemoReport): string {
  const table = new Table({
    head: ['user', 'strategy', 'paid in', 'cash', 'holdings', 'worth', 'profit', 'orders', 'refused', 'repeated'],
    colAligns: ['left', 'left', 'right', 'right', 'left', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  });
  for (const { trader, portfolio } of users) table.push(rowOf(trader, portfolio));

  return [
    `${months} months, seed ${seed}; amounts in USD`,
    table.toString(),
    costs,
    printStandingOrders(standing),
    ...ledger.broken.map(({ rule, message, owner }) => `${rule}${owner ? ` (${owner})` : ''}: ${message}`),
    ...(ledger.unsettledCount > 0 ? [`${ledger.unsettledCount} could not be decided`] : []),
    `${ledger.brokenCount} broken invariants`,
  ].join('\n');
}

/** Profit is cash and holdings less what was paid in. */
function rowOf({ strategy, paidInMinor, executed, refused, replayed }: Trader, portfolio: Portfolio) {
  const { holdings, totals } = toPortfolioResponse(portfolio);
  const shares = holdings.map(({ assetId, available }) => `${assetId} ${available}`).join('\n');
  const profitMinor = (portfolio.totals[0]?.totalMinor ?? 0n) - paidInMinor;
  const [paidIn, profit] = [formatDecimal(paidInMinor, cents), formatDecimal(profitMinor, cents)];
  const { cash, holdings: worth } = totals[0] ?? {};

  return [strategy.owner, strategy.name, paidIn, cash, shares, worth, profit, executed.length, refused, replayed];
}
