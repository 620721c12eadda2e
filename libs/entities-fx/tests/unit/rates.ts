import fc from 'fast-check';
import { RateKind, type ExchangeRate } from '@cnop/entities-fx';

/** A rate as it is published, at no scale unless told otherwise. */
export const makeRate = (overrides: Partial<ExchangeRate> = {}): ExchangeRate => ({
  base: 'EUR',
  quote: 'USD',
  rateScale: 2,
  midMinor: 110n,
  asOf: '2026-01-05T09:30:00.000Z',
  source: 'bank',
  kind: RateKind.TRADABLE,
  version: 1,
  ...overrides,
});

/** Rates from 10⁻¹² to 10¹², with a bid and an ask or without, in either direction of the market. */
export const anyRateWith = (pivot: string, currency: string): fc.Arbitrary<ExchangeRate> =>
  fc
    .record({
      isBase: fc.boolean(),
      rateScale: fc.integer({ min: 0, max: 18 }),
      mid: fc.bigInt({ min: 1n, max: 10n ** 12n }),
      sides: fc.option(fc.record({ below: fc.integer({ min: 0, max: 50 }), above: fc.integer({ min: 0, max: 50 }) })),
    })
    .map(({ isBase, rateScale, mid, sides }) => {
      const below = sides && mid - (mid * BigInt(sides.below)) / 1_000n;
      return makeRate({
        ...(isBase ? { base: pivot, quote: currency } : { base: currency, quote: pivot }),
        rateScale,
        midMinor: mid,
        ...(sides && { bidMinor: below!, askMinor: mid + (mid * BigInt(sides.above)) / 1_000n }),
      });
    });
