import { isClean, printReport, type DemoReport } from '../../src/demo-report.ts';

const user: DemoReport['users'][number] = {
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
};
const costs = { orders: 2, requestsPerCall: 1, itemsPerOrder: 4, tableUnitsPerOrder: 8, indexUnitsPerOrder: 3 };

/** A report of one user on a sound ledger. */
function makeReport(changed: Partial<DemoReport['ledger']> = {}): DemoReport {
  const checked = {} as DemoReport['ledger']['checked'];
  const ledger = { brokenInvariants: 0, unsettled: 0, broken: [], checked, ...changed };

  return { seed: 7, months: 12, backend: 'embedded', users: [user], costs, ledger };
}

describe(isClean, () => {
  it.each([
    [{}, true],
    [{ brokenInvariants: 1 }, false],
    [{ unsettled: 1 }, false],
  ])('judges a ledger with %p: %p', (ledger, clean) => {
    expect(isClean(makeReport(ledger))).toBe(clean);
  });
});

describe(printReport, () => {
  it('shows the result of every user and the cost of an order, and ends with the verdict', () => {
    const text = printReport(makeReport());

    expect(text).toMatch(/ada .* steady .* 500\.00 .* 0\.61 .* AAPL 1\.000 .* 292\.60 .* -206\.79 .* 2 .* 3 .* 4 /);
    expect(text).toContain('MSFT 2.000');
    expect(text).toContain('2 executed orders: 1.00 request, 4.00 items, 8.00 write units, and 3.00 of its indexes');
    expect(text).toMatch(/\n0 broken invariants$/);
  });

  it('names what is broken, and still ends with the verdict', () => {
    const negative = { invariant: 2, rule: 'available-negative', message: 'It is below zero.', items: [] } as const;
    const malformed = { invariant: 4, rule: 'malformed-item', message: 'It cannot be read.', items: [] } as const;
    const broken = [{ ...negative, owner: 'ada' }, malformed];

    const text = printReport(makeReport({ brokenInvariants: 2, unsettled: 1, broken }));

    expect(text).toMatch(
      /\navailable-negative \(ada\): It is below zero\.\nmalformed-item: It cannot be read\.\n1 could not be decided\n2 broken invariants$/,
    );
  });
});
