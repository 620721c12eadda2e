import fc from 'fast-check';
import { climb, watermarkOf, type WatermarkKind, type WatermarkLadder } from '@cnop/entities-order';
import { createLadder } from '../../../src/engine/ladder.ts';
import { msOf, timeOf } from './random-ticks.ts';

const arbitraryKind = fc.constantFrom<WatermarkKind[]>('HIGH', 'LOW');
/** Some are no newer than the one before. */
const arbitraryTicks = fc.array(fc.record({ step: fc.integer({ min: -2, max: 3 }), priceMinor: fc.bigInt(1n, 40n) }), {
  maxLength: 60,
});
const merge = (one: number[], other: number[]) => [...one, ...other];

describe(createLadder, () => {
  it('is the ladder of climb, tick for tick', () => {
    fc.assert(
      fc.property(arbitraryKind, arbitraryTicks, (kind, ticks) => {
        const ladder = createLadder({ kind, merge });
        let expected: WatermarkLadder = [];
        let newestAsOf: string | undefined;
        let second = 0;

        for (const { step, priceMinor } of ticks) {
          second = Math.max(0, second + step);
          const tick = { asOf: timeOf(second), priceMinor };
          const isNew = newestAsOf === undefined || tick.asOf > newestAsOf;
          expected = climb(expected, kind, { ...tick, ...(newestAsOf !== undefined && { newestAsOf }) });
          if (isNew) newestAsOf = tick.asOf;

          expect(ladder.climb(tick)).toBe(isNew);
          expect(ladder.rungs()).toEqual(expected);
          expect([ladder.depth, ladder.newestAsOf]).toEqual([expected.length, newestAsOf]);
          const birth = second - 1;
          expect(ladder.entryAt(msOf(birth))?.markMinor).toBe(watermarkOf(expected, timeOf(birth)));
        }
      }),
    );
  });

  it.each<WatermarkKind>(['HIGH', 'LOW'])('joins a price that is just that of the %s before', (kind) => {
    const ladder = createLadder({ kind, merge });
    ladder.climb({ asOf: timeOf(0), priceMinor: 9n });
    ladder.climb({ asOf: timeOf(1), priceMinor: 9n });

    expect(ladder.rungs()).toEqual([{ anchor: timeOf(0), markMinor: 9n }]);
  });

  it('goes on from the rungs that it is given', () => {
    const rungs = [
      { anchor: timeOf(0), markMinor: 9n },
      { anchor: timeOf(2), markMinor: 7n },
    ];
    const ladder = createLadder({ kind: 'HIGH', rungs, newestAsOf: timeOf(5), merge });

    expect(ladder.climb({ asOf: timeOf(5), priceMinor: 99n })).toBe(false);
    expect(ladder.climb({ asOf: timeOf(6), priceMinor: 8n })).toBe(true);

    expect(ladder.rungs()).toEqual([rungs[0], { anchor: timeOf(2), markMinor: 8n }]);
    expect(rungs[1]?.markMinor).toBe(7n);
  });

  it('makes one cohort of those whose rungs become one, and leaves the others', () => {
    const ladder = createLadder({ kind: 'HIGH', merge });
    [9n, 7n, 5n, 3n].forEach((priceMinor, index) => {
      ladder.climb({ asOf: timeOf(index), priceMinor });
      const entry = ladder.entryAt(msOf(index));
      if (entry && index !== 2) entry.cohort = [index];
    });

    ladder.climb({ asOf: timeOf(9), priceMinor: 8n });

    expect(ladder.entries.map(({ cohort }) => cohort?.toSorted())).toEqual([[0], [1, 3]]);
  });
});
