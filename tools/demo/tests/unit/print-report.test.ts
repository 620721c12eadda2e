import { printReport } from '../../src/print-report.ts';
import { makeReport } from '../support/make-report.ts';

const lastLine = (text: string) => text.split('\n').at(-1);

describe(printReport, () => {
  it('shows what every user came to and what an order costs, and ends with the verdict', () => {
    const text = printReport(makeReport());

    expect(text).toMatch(/ada .* steady .* 500\.00 .* 0\.61 .* AAPL 1\.000 .* 292\.60 .* -206\.79 .* 2 .* 3 .* 4 /);
    expect(text).toContain('MSFT 2.000');
    expect(text).toContain('2 executed orders: 1.00 request, 4.00 items, 8.00 write units, and 3.00 of its indexes');
    expect(lastLine(text)).toBe('0 broken invariants');
  });

  it('names what is broken, and still ends with the verdict', () => {
    const broken = [
      {
        invariant: 2,
        rule: 'available-negative',
        message: 'The available amount is below zero.',
        owner: 'ada',
        items: [],
      },
      { invariant: 4, rule: 'malformed-item', message: 'The item cannot be read.', items: [] },
    ] as const;

    const text = printReport(makeReport({ brokenInvariants: 2, unsettled: 1, broken }));

    expect(text).toContain('available-negative (ada): The available amount is below zero.\n');
    expect(text).toContain('malformed-item: The item cannot be read.\n');
    expect(text).toContain('1 could not be decided\n');
    expect(lastLine(text)).toBe('2 broken invariants');
  });
});
