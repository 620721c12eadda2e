import fc from 'fast-check';
import { ratePath, type ExchangeRate } from '@cnop/entities-fx';
import { anyRateWith, makeRate } from './rates.ts';
import { thrownBy } from './thrown-by.ts';

const pivot = 'EUR';
const pathOver =
  (...rates: ExchangeRate[]) =>
  (from: string, to: string) =>
    ratePath({ from, to, pivot, rateOf: (code) => rates.find(({ base, quote }) => base === code || quote === code) });

describe('the path between two currencies', () => {
  const dollars = makeRate({ bidMinor: 109n, askMinor: 112n, asOf: '2026-01-05T09:30:01.000Z' });
  const pounds = makeRate({ base: 'GBP', quote: 'EUR', midMinor: 115n, bidMinor: 114n, askMinor: 116n });
  const path = pathOver(dollars, pounds);

  it('gives the seller of the base the bid, and the seller of the quote one over the ask', () => {
    expect(path('EUR', 'USD')).toMatchObject({
      rate: { numerator: 109n, denominator: 100n },
      mid: { numerator: 11n, denominator: 10n },
      legs: [{ base: 'EUR', quote: 'USD', sold: 'base' }],
    });
    expect(path('USD', 'EUR')).toMatchObject({
      rate: { numerator: 25n, denominator: 28n },
      mid: { numerator: 10n, denominator: 11n },
      legs: [{ base: 'EUR', quote: 'USD', sold: 'quote' }],
    });
  });

  it('is the product of both legs over the pivot, as old as the older one', () => {
    expect(path('GBP', 'USD')).toEqual({
      from: 'GBP',
      to: 'USD',
      rate: { numerator: 6_213n, denominator: 5_000n },
      mid: { numerator: 253n, denominator: 200n },
      asOf: pounds.asOf,
      kind: 'tradable',
      legs: [
        { base: 'GBP', quote: 'EUR', sold: 'base', asOf: pounds.asOf },
        { base: 'EUR', quote: 'USD', sold: 'base', asOf: dollars.asOf },
      ],
    });
    expect(path('USD', 'GBP').rate).toEqual({ numerator: 625n, denominator: 812n });
  });

  it('is a reference if one of its legs is', () => {
    const reference = pathOver({ ...dollars, kind: 'reference' }, pounds);

    expect([reference('GBP', 'USD').kind, reference('EUR', 'USD').kind, reference('EUR', 'GBP').kind]).toEqual([
      'reference',
      'reference',
      'tradable',
    ]);
  });

  it('is one to one from a currency to itself, and needs no rate', () => {
    const one = { numerator: 1n, denominator: 1n };

    expect(pathOver()('JPY', 'JPY')).toEqual({
      from: 'JPY',
      to: 'JPY',
      rate: one,
      mid: one,
      kind: 'tradable',
      legs: [],
    });
  });

  it.each([
    { what: 'a rate that is missing', rate: makeRate({ quote: 'CHF' }), to: 'USD' },
    { what: 'a rate without the pivot', rate: makeRate({ base: 'USD', quote: 'JPY' }), to: 'JPY' },
  ])('is none over $what', ({ rate, to }) => {
    expect(thrownBy(() => pathOver(rate)('EUR', to))).toMatchObject({
      code: 'CURRENCY_PAIR_NOT_SUPPORTED',
      details: { from: 'EUR', to },
    });
  });

  it('brings nobody more than was given on the way there and back, and exactly that at the mids', () => {
    const anyCode = fc.constantFrom('EUR', 'USD', 'JPY');
    const trips = fc.record({
      rates: fc.tuple(anyRateWith(pivot, 'USD'), anyRateWith(pivot, 'JPY')),
      from: anyCode,
      to: anyCode,
    });

    fc.assert(
      fc.property(trips, ({ rates, from, to }) => {
        const path = pathOver(...rates);
        const [there, back] = [path(from, to), path(to, from)];

        expect(there.rate.numerator * back.rate.numerator).toBeLessThanOrEqual(
          there.rate.denominator * back.rate.denominator,
        );
        expect(there.mid.numerator * back.mid.numerator).toBe(there.mid.denominator * back.mid.denominator);
        expect(there.rate.numerator * there.mid.denominator).toBeLessThanOrEqual(
          there.mid.numerator * there.rate.denominator,
        );
      }),
      { numRuns: 2_000 },
    );
  });
});
