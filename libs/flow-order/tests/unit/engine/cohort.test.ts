import type { WatermarkKind } from '@cnop/entities-order';
import {
  createCohort,
  isEmptyCohort,
  mergeCohorts,
  reachedOf,
  trailsOf,
  type Cohort,
  type Fall,
  type MirroredTrail,
} from '../../../src/engine/cohort.ts';

const trail = (orderId: string, unit: MirroredTrail['unit'], offset: bigint): MirroredTrail => ({
  orderId,
  activeAsOfMs: 0,
  offset,
  unit,
  isGone: false,
});
const gone = (removed: MirroredTrail): MirroredTrail => ({ ...removed, isGone: true });
const idsOf = (trails: readonly MirroredTrail[]) => trails.map(({ orderId }) => orderId).toSorted();
const amounts = (...offsets: readonly bigint[]) =>
  createCohort(offsets.map((offset) => trail(`${offset}`, 'AMOUNT', offset)));

describe(createCohort, () => {
  it('holds the trails of both units that were not removed', () => {
    const cohort = createCohort([trail('a', 'AMOUNT', 1n), trail('b', 'BPS', 2n), gone(trail('c', 'BPS', 3n))]);

    expect(idsOf(trailsOf(cohort))).toEqual(['a', 'b']);
  });

  it('is empty without trails of either unit', () => {
    expect(isEmptyCohort(createCohort())).toBe(true);
    expect(isEmptyCohort(createCohort([trail('a', 'AMOUNT', 1n)]))).toBe(false);
    expect(isEmptyCohort(createCohort([trail('b', 'BPS', 1n)]))).toBe(false);
    expect(isEmptyCohort(createCohort([trail('a', 'AMOUNT', 1n), trail('b', 'BPS', 1n)]))).toBe(false);
  });
});

describe(mergeCohorts, () => {
  it('has the trails of both, without those that were removed from the smaller', () => {
    const one = createCohort([trail('a', 'AMOUNT', 1n), trail('b', 'BPS', 2n), trail('c', 'BPS', 3n)]);
    const other = createCohort([gone(trail('d', 'BPS', 4n)), trail('e', 'AMOUNT', 5n), trail('f', 'AMOUNT', 6n)]);

    const merged = mergeCohorts(one, other);

    expect(idsOf(trailsOf(merged))).toEqual(['a', 'b', 'c', 'e', 'f']);
    expect([merged.AMOUNT.size, merged.BPS.size]).toEqual([3, 2]);
  });

  it('moves the trails of the smaller one, whichever that is', () => {
    const [small, large] = [amounts(1n), amounts(2n, 3n)];

    expect(mergeCohorts(small, large).AMOUNT).toBe(large.AMOUNT);
    expect(mergeCohorts(large, amounts(4n)).AMOUNT).toBe(large.AMOUNT);
    expect(large.AMOUNT.size).toBe(4);
  });
});

describe(reachedOf, () => {
  const reached = (cohort: Cohort, kind: WatermarkKind, { markMinor, priceMinor }: Omit<Fall, 'kind'>) =>
    idsOf(reachedOf(cohort, { kind, markMinor, priceMinor }));

  it('reaches the amounts up to the distance of the price from the watermark', () => {
    const cohort = amounts(4n, 5n, 6n);

    expect(reached(cohort, 'HIGH', { markMinor: 100n, priceMinor: 95n })).toEqual(['4', '5']);
    expect(reached(cohort, 'LOW', { markMinor: 95n, priceMinor: 100n })).toEqual(['4', '5']);
  });

  it('reaches the basis points whose stop is at the price or on its side of the watermark', () => {
    const cohort = createCohort([trail('333', 'BPS', 333n), trail('334', 'BPS', 334n)]);

    // 3.33 % of 1,000 is 33.3: a sell's stop is 966, a buy's 1,034.
    expect(reached(cohort, 'HIGH', { markMinor: 1_000n, priceMinor: 967n })).toEqual([]);
    expect(reached(cohort, 'HIGH', { markMinor: 1_000n, priceMinor: 966n })).toEqual(['333', '334']);
    expect(reached(cohort, 'LOW', { markMinor: 1_000n, priceMinor: 1_033n })).toEqual([]);
    expect(reached(cohort, 'LOW', { markMinor: 10_000n, priceMinor: 10_333n })).toEqual(['333']);
  });

  it('reaches none that was removed, and forgets those that come first', () => {
    const first = trail('first', 'AMOUNT', 1n);
    const later = trail('later', 'AMOUNT', 3n);
    const cohort = createCohort([first, trail('between', 'AMOUNT', 2n), later]);
    first.isGone = true;
    later.isGone = true;

    expect(reached(cohort, 'HIGH', { markMinor: 9n, priceMinor: 1n })).toEqual(['between']);
    expect(cohort.AMOUNT.size).toBe(2);
  });
});
