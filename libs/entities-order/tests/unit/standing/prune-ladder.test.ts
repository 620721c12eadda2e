import fc from 'fast-check';
import { climb, pruneLadder, watermarkOf } from '@cnop/entities-order';
import { arbitraryKind, arbitraryPrices, at, ladderOf } from './random-ladders.ts';

const ladder = ladderOf('HIGH', [9n, 7n, 5n, 3n]);

describe(pruneLadder, () => {
  it('drops the rungs that cover no open trail', () => {
    expect(pruneLadder(ladder, { births: [at(1)], since: at(3) })).toEqual([
      { anchor: at(1), markMinor: 7n },
      { anchor: at(3), markMinor: 3n },
    ]);
  });

  it('keeps the rung within which the recent births begin, and all after it', () => {
    expect(pruneLadder(ladder, { births: [], since: '2026-03-02T14:00:01.500Z' })).toEqual(ladder.slice(1));
    expect(pruneLadder(ladder, { births: [], since: at(1) })).toEqual(ladder.slice(1));
    expect(pruneLadder(ladder, { births: [], since: '2026-03-02T13:59:59.999Z' })).toEqual(ladder);
    expect(pruneLadder(ladder, { births: [], since: at(99) })).toEqual(ladder.slice(3));
  });

  it('keeps an empty ladder empty, and takes a birth before the first tick', () => {
    expect(pruneLadder([], { births: [at(0)], since: at(0) })).toEqual([]);
    expect(pruneLadder(ladder, { births: ['2026-03-02T13:00:00.000Z'], since: at(3) })).toEqual(ladder.slice(3));
  });

  it('changes the watermark of no birth that is kept, now or after later ticks', () => {
    const arbitraryBirths = fc.array(fc.nat(40), { maxLength: 10 });

    fc.assert(
      fc.property(
        fc.record({
          kind: arbitraryKind,
          prices: arbitraryPrices,
          later: arbitraryPrices,
          births: arbitraryBirths,
          since: fc.nat(45),
        }),
        ({ kind, prices, later, births, since }) => {
          let full = ladderOf(kind, prices);
          let pruned = pruneLadder(full, { births: births.map(at), since: at(since) });
          const kept = [...births, ...prices.keys(), 41, 42].filter(
            (birth) => births.includes(birth) || birth >= since,
          );

          [undefined, ...later].forEach((priceMinor, index) => {
            if (priceMinor !== undefined) {
              const tick = { asOf: at(100 + index), priceMinor };
              [full, pruned] = [climb(full, kind, tick), climb(pruned, kind, tick)];
            }
            for (const birth of kept) expect(watermarkOf(pruned, at(birth))).toBe(watermarkOf(full, at(birth)));
          });
        },
      ),
    );
  });
});
