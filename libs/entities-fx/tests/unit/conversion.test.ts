import { conversionOf, ratePath, type ConversionTerms, type ExchangeRate, type FixedSide } from '@cnop/entities-fx';
import { isDomainError } from '@cnop/exceptions';
import { MAX_MINOR, type Fraction } from '@cnop/utils';
import fc from 'fast-check';
import { anyRateWith } from './rates.ts';
import { thrownBy } from './thrown-by.ts';

const pivot = 'EUR';
const fraction = (numerator: bigint, denominator = 1n) => ({ numerator, denominator });
/** A conversion between two made-up currencies of these scales, at the mid and without a spread. */
const termsAt = (rate: Fraction, { from, to }: { readonly from: number; readonly to: number }): ConversionTerms => ({
  from: { code: 'AAA', scale: from },
  to: { code: 'BBB', scale: to },
  rate,
  mid: rate,
  spreadBps: 0,
});

/** By hand: amount × rate × (10 000 − spread) / 10 000, in the minor units of the other side. */
describe('a conversion', () => {
  it.each<{
    what: string;
    scales: [number, number];
    rate: [bigint, bigint];
    mid?: [bigint, bigint];
    spreadBps?: number;
    fixed: FixedSide;
    sold: bigint;
    bought: bigint;
    spread: bigint;
  }>([
    // 100.00 × 1.10 × 0.998 = 109.78; at the mid 110.00.
    {
      what: 'euros into dollars',
      scales: [2, 2],
      rate: [11n, 10n],
      spreadBps: 20,
      fixed: { side: 'sell', amountMinor: 10_000n },
      sold: 10_000n,
      bought: 10_978n,
      spread: 22n,
    },
    // 109.78 / 1.0978 = 100.00 exactly.
    {
      what: 'as many dollars as that',
      scales: [2, 2],
      rate: [11n, 10n],
      spreadBps: 20,
      fixed: { side: 'buy', amountMinor: 10_978n },
      sold: 10_000n,
      bought: 10_978n,
      spread: 22n,
    },
    // 109.79 / 1.0978 = 100.0091… → 100.01; 100.01 × 1.1 = 110.011 → 110.01.
    {
      what: 'one cent more',
      scales: [2, 2],
      rate: [11n, 10n],
      spreadBps: 20,
      fixed: { side: 'buy', amountMinor: 10_979n },
      sold: 10_001n,
      bought: 10_979n,
      spread: 22n,
    },
    // 1.00 / 1.10 = 0.909… → 0.90; at the mid the same, nothing earned.
    {
      what: 'a dollar into euros',
      scales: [2, 2],
      rate: [10n, 11n],
      fixed: { side: 'sell', amountMinor: 100n },
      sold: 100n,
      bought: 90n,
      spread: 0n,
    },
    // 12.34 × 160.5 = 1980.57 → 1980 yen.
    {
      what: 'euros into yen, which have no decimals',
      scales: [2, 0],
      rate: [1_605n, 10n],
      fixed: { side: 'sell', amountMinor: 1_234n },
      sold: 1_234n,
      bought: 1_980n,
      spread: 0n,
    },
    // 1981 / 160.5 = 12.3426… → 12.35; 12.35 × 160.5 = 1982.175 → 1982.
    {
      what: 'yen that are bought with euros',
      scales: [2, 0],
      rate: [1_605n, 10n],
      fixed: { side: 'buy', amountMinor: 1_981n },
      sold: 1_235n,
      bought: 1_981n,
      spread: 1n,
    },
    // 1000 × 0.0019 × 0.99 = 1.881; at the mid of 0.0020 it is 2.000: 0.119.
    {
      what: 'yen into dinars of three decimals, at a bid',
      scales: [0, 3],
      rate: [19n, 10_000n],
      mid: [1n, 500n],
      spreadBps: 100,
      fixed: { side: 'sell', amountMinor: 1_000n },
      sold: 1_000n,
      bought: 1_881n,
      spread: 119n,
    },
    // 1 unit of 18 decimals at 2 500 000.000 001 → 2500000.000001 in 6 decimals.
    {
      what: 'into six decimals from eighteen',
      scales: [18, 6],
      rate: [2_500_000_000_001n, 1_000_000n],
      fixed: { side: 'sell', amountMinor: 10n ** 18n },
      sold: 10n ** 18n,
      bought: 2_500_000_000_001n,
      spread: 0n,
    },
    // The smallest amount that brings one cent: 0.01 / 0.333 = 0.03003 → 0.04.
    {
      what: 'the least that is bought',
      scales: [2, 2],
      rate: [333n, 1_000n],
      fixed: { side: 'buy', amountMinor: 1n },
      sold: 4n,
      bought: 1n,
      spread: 0n,
    },
  ])('of $what', ({ scales: [from, to], rate, mid = rate, spreadBps = 0, fixed, sold, bought, spread }) => {
    const terms = { ...termsAt(fraction(...rate), { from, to }), mid: fraction(...mid), spreadBps };

    expect(conversionOf(terms, fixed)).toEqual({ soldMinor: sold, boughtMinor: bought, spreadMinor: spread });
  });

  it('is refused where nothing would be bought', () => {
    const sell = (amountMinor: bigint) =>
      conversionOf(termsAt(fraction(1n, 10_000n), { from: 0, to: 3 }), { side: 'sell', amountMinor });

    expect(thrownBy(() => sell(9n))).toMatchObject({
      code: 'CONVERSION_BELOW_MINIMUM',
      details: { code: 'BBB', amount: '0.000', minimum: '0.001' },
    });
    expect(sell(10n).boughtMinor).toBe(1n);
  });

  it('is refused above 10²⁴', () => {
    const terms = termsAt(fraction(2n), { from: 0, to: 0 });

    expect(thrownBy(() => conversionOf(terms, { side: 'sell', amountMinor: MAX_MINOR }))).toMatchObject({
      code: 'AMOUNT_INVALID',
      details: { rule: 'maximum', scale: 0 },
    });
  });
});

describe('conversions of any amount at any rate', () => {
  const codes = ['EUR', 'USD', 'JPY', 'KWD'];
  const anyCode = fc.constantFrom(...codes);
  const worlds = fc.record({
    rates: fc.tuple(...codes.slice(1).map((code) => anyRateWith(pivot, code))),
    scales: fc.tuple(...codes.map(() => fc.integer({ min: 0, max: 18 }))),
    spreadBps: fc.integer({ min: 0, max: 1_000 }),
    amountMinor: fc.bigInt({ min: 1n, max: 10n ** 18n }),
  });
  interface World {
    readonly rates: readonly ExchangeRate[];
    readonly scales: readonly number[];
    readonly spreadBps: number;
  }

  const termsOf = ({ rates, scales, spreadBps }: World, from: string, to: string): ConversionTerms => {
    const rateOf = (code: string) => rates.find(({ base, quote }) => base === code || quote === code);
    const { rate, mid } = ratePath({ from, to, pivot, rateOf });
    const sideOf = (code: string) => ({ code, scale: scales[codes.indexOf(code)] ?? 0 });
    return { from: sideOf(from), to: sideOf(to), rate, mid, spreadBps };
  };
  /** `undefined` where it is refused: too small or too large. */
  const convert = (terms: ConversionTerms, fixed: FixedSide) => {
    try {
      return conversionOf(terms, fixed);
    } catch (error) {
      if (isDomainError(error)) return undefined;
      throw error;
    }
  };

  it('are exact to less than one minor unit, never in favour of the user', () => {
    const sides = fc.record({ from: anyCode, to: anyCode, side: fc.constantFrom('sell', 'buy') });
    let done = 0;

    fc.assert(
      fc.property(worlds, sides, (world, { from, to, side }) => {
        const terms = termsOf(world, from, to);
        const { amountMinor, spreadBps } = world;
        const conversion = convert(terms, { side, amountMinor });
        if (!conversion) return;

        const { soldMinor, boughtMinor, spreadMinor } = conversion;
        // What the rate less the spread gives for what is sold, in parts of which `unit` make one minor unit.
        const given = (sold: bigint) =>
          sold * terms.rate.numerator * BigInt(10_000 - spreadBps) * 10n ** BigInt(terms.to.scale);
        const unit = terms.rate.denominator * 10_000n * 10n ** BigInt(terms.from.scale);
        expect(boughtMinor * unit).toBeLessThanOrEqual(given(soldMinor));
        if (side === 'sell') expect((boughtMinor + 1n) * unit).toBeGreaterThan(given(soldMinor));
        else expect(boughtMinor * unit).toBeGreaterThan(given(soldMinor - 1n));
        expect(spreadMinor).toBeGreaterThanOrEqual(0n);
        done += 1;
      }),
      { numRuns: 3_000, seed: 1 },
    );
    expect(done).toBeGreaterThan(500);
  });

  it('gain nothing in a cycle of up to four of them', () => {
    const cycles = fc.array(anyCode, { minLength: 2, maxLength: 4 });
    let done = 0;

    fc.assert(
      fc.property(worlds, cycles, (world, stops) => {
        const next = [...stops.slice(1), stops[0] ?? pivot];
        const end = stops.reduce<bigint | undefined>((amountMinor, from, index) => {
          const terms = termsOf(world, from, next[index] ?? pivot);
          return amountMinor === undefined ? undefined : convert(terms, { side: 'sell', amountMinor })?.boughtMinor;
        }, world.amountMinor);
        if (end === undefined) return;

        expect(end).toBeLessThanOrEqual(world.amountMinor);
        done += 1;
      }),
      { numRuns: 3_000, seed: 1 },
    );
    expect(done).toBeGreaterThan(300);
  });

  it('would gain in a cycle if a pair had a second rate, beside those with the pivot', () => {
    const steps = [fraction(110n, 100n), fraction(100n, 125n), fraction(100n, 86n)];

    const end = steps.reduce(
      (amountMinor, rate) =>
        conversionOf({ ...termsAt(rate, { from: 2, to: 2 }), spreadBps: 20 }, { side: 'sell', amountMinor })
          .boughtMinor,
      1_000_000n,
    );

    expect(end).toBeGreaterThan(1_000_000n);
  });
});
