import fc from 'fast-check';
import { climb, watermarkOf } from '@cnop/entities-order';
import { arbitraryKind, arbitraryPrices, at, ladderOf } from './random-ladders.ts';

describe(climb, () => {
  it('keeps a rung for each price that no later one has reached', () => {
    expect(ladderOf('HIGH', [5n, 9n, 7n, 3n, 7n])).toEqual([
      { anchor: at(0), markMinor: 9n },
      { anchor: at(2), markMinor: 7n },
    ]);
    expect(ladderOf('LOW', [5n, 3n, 7n, 4n])).toEqual([
      { anchor: at(0), markMinor: 3n },
      { anchor: at(2), markMinor: 4n },
    ]);
  });

  it('is the suffix extremes: for each birth the best price from then on', () => {
    fc.assert(
      fc.property(arbitraryKind, arbitraryPrices, (kind, prices) => {
        const ladder = ladderOf(kind, prices);

        prices.forEach((_, birth) => {
          const since = prices.slice(birth);
          const best = since.reduce((one, other) => ((kind === 'HIGH' ? one > other : one < other) ? one : other));
          expect(watermarkOf(ladder, at(birth))).toBe(best);
        });
      }),
    );
  });

  it('has marks that strictly fall, or rise', () => {
    fc.assert(
      fc.property(arbitraryKind, arbitraryPrices, (kind, prices) => {
        const ladder = ladderOf(kind, prices);

        ladder.slice(1).forEach(({ anchor, markMinor }, index) => {
          const before = ladder[index]!;
          expect(anchor > before.anchor).toBe(true);
          expect(kind === 'HIGH' ? markMinor < before.markMinor : markMinor > before.markMinor).toBe(true);
        });
      }),
    );
  });

  it('is the same when ticks come again', () => {
    const ladder = ladderOf('HIGH', [5n, 3n]);

    expect(climb(ladder, 'HIGH', { asOf: at(1), priceMinor: 9n, newestAsOf: at(1) })).toBe(ladder);
    expect(climb(ladder, 'HIGH', { asOf: at(0), priceMinor: 9n, newestAsOf: at(1) })).toBe(ladder);
  });
});

describe(watermarkOf, () => {
  it('knows nothing of a birth before its first tick', () => {
    expect(watermarkOf(climb([], 'HIGH', { asOf: at(5), priceMinor: 1n }), at(4))).toBeUndefined();
    expect(watermarkOf([], at(4))).toBeUndefined();
  });

  it('gives a birth between two ticks the watermark of the one before', () => {
    const ladder = [
      { anchor: at(0), markMinor: 9n },
      { anchor: at(4), markMinor: 7n },
    ];

    expect(watermarkOf(ladder, at(3))).toBe(9n);
    expect(watermarkOf(ladder, at(4))).toBe(7n);
  });
});
