import type { DemoReport } from '../../src/demo-report.ts';

/** A report of one user on a sound ledger. */
export function makeReport(ledger: Partial<DemoReport['ledger']> = {}): DemoReport {
  return {
    seed: 7,
    months: 12,
    backend: 'embedded',
    users: [
      {
        owner: 'ada',
        strategy: 'steady',
        paidIn: '500.00',
        cash: '0.61',
        holdings: [
          { assetId: 'AAPL', quantity: '1.000', value: '235.00' },
          { assetId: 'MSFT', quantity: '2.000', value: '57.60' },
        ],
        holdingsValue: '292.60',
        profit: '-206.79',
        orders: { completed: 2, refused: 3, replayed: 4 },
      },
    ],
    costs: { orders: 2, requestsPerCall: 1, itemsPerOrder: 4, tableUnitsPerOrder: 8, indexUnitsPerOrder: 3 },
    ledger: {
      brokenInvariants: 0,
      unsettled: 0,
      broken: [],
      checked: {
        owners: 1,
        users: 1,
        emailClaims: 1,
        balances: 3,
        transactions: 3,
        idempotencyClaims: 1,
        orders: 2,
        openOrders: 0,
        others: 0,
      },
      ...ledger,
    },
  };
}
