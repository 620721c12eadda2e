import { lastCloses, toMonthlyCloses } from '@cnop/demo';
import fc from 'fast-check';
import { hostileTexts } from '../../src/hostile-texts.ts';
import { runs } from '../../src/runs.ts';
import { thrownBy } from '../support/thrown-by.ts';

const rows = fc.array(
  fc
    .record({
      symbol: fc.oneof(fc.constantFrom('AAPL', 'MSFT', '"A""B"', '__proto__'), hostileTexts),
      date: fc.oneof(fc.constantFrom('Jan 1 2000', 'Feb 31 2000', '2000', '-1', '1e9'), hostileTexts),
      price: fc.oneof(fc.constantFrom('39.81', '0', '1.234', '-1'), hostileTexts),
    })
    .map(({ symbol, date, price }) => `${symbol},${date},${price}`),
  { maxLength: 5 },
);
const good = 'symbol,date,price\nAAPL,Jan 1 2000,39.81\n';
const files = fc.oneof(
  rows.map((lines) => good + lines.join('\n')),
  fc
    .record({ text: hostileTexts, at: fc.nat(good.length) })
    .map(({ text, at }) => good.slice(0, at) + text + good.slice(at)),
  hostileTexts,
);

describe(toMonthlyCloses, () => {
  it('gives months in order with prices of symbols, or names what cannot be read', () => {
    fc.assert(
      fc.property(files, (csv) => {
        const error = thrownBy(() => toMonthlyCloses(csv));
        if (error !== undefined) {
          expect(error).toMatchObject({ message: expect.stringMatching(/line|columns|record/i) as string });
          return;
        }
        const months = toMonthlyCloses(csv);
        const closes = months.flatMap(({ prices }) => Object.entries(prices));

        expect(months.map(({ month }) => Date.parse(month))).toEqual(
          months.map(({ month }) => Date.parse(month)).sort((left, right) => left - right),
        );
        expect(months.every(({ month }) => new Date(month).toISOString() === month)).toBe(true);
        expect(closes.every(([symbol, price]) => /^[A-Z]+$/.test(symbol) && /^\d+(\.\d{1,2})?$/.test(price))).toBe(
          true,
        );
        expect(lastCloses(months).size).toBe(new Set(closes.map(([symbol]) => symbol)).size);
      }),
      runs(500),
    );
  });
});
