import type { LedgerProgress } from '@cnop/ledger-audit';
import { createProgressPrinter } from '../../src/run-command.ts';

const counts = {
  owners: 2,
  users: 1,
  emailClaims: 0,
  balances: 0,
  transactions: 30,
  idempotencyClaims: 0,
  orders: 4,
  openOrders: 0,
  assets: 0,
  ticks: 0,
  others: 0,
};
const inOrders: LedgerProgress = { phase: 'orders', counts, brokenCount: 1 };
const inOwners: LedgerProgress = { phase: 'owners', counts, brokenCount: 1 };

describe(createProgressPrinter, () => {
  it('keeps one line of a terminal up to date and clears it at the end', () => {
    const written: string[] = [];
    let now = 0;
    const printer = createProgressPrinter({ isTTY: true, write: (text) => written.push(text) }, () => now);

    printer.show(inOrders);
    now = 150;
    printer.show(inOrders);
    now = 200;
    printer.show(inOwners);
    now = 300;
    printer.show(inOwners);
    printer.end();

    expect(written).toEqual([
      '\r\u001B[K4 orders, 1 broken',
      '\r\u001B[K4 orders, 2 owners, 30 journal entries, 1 broken',
      '\r\u001B[K',
    ]);
  });

  it('writes a line every five seconds elsewhere', () => {
    const written: string[] = [];
    let now = 0;
    const printer = createProgressPrinter({ write: (text) => written.push(text) }, () => now);

    for (now = 0; now <= 12_000; now += 1_000) printer.show(inOrders);
    printer.end();

    expect(written).toEqual(['4 orders, 1 broken\n', '4 orders, 1 broken\n']);
  });
});
