import Table from 'cli-table3';
import type { DemoReport } from './demo-report.ts';

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
