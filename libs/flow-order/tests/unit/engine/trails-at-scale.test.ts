import { ladderSizes } from '../../support/ladder-size.ts';
import { runTrails, walkNames } from '../../support/trail-run.ts';

describe('many trails over many ticks', () => {
  // The long form, 100,000 orders over 10,000 ticks, is tests/support/trail-figures-main.ts.
  it.each(walkNames)('reaches what a watermark for each order reaches: %s', (walk) => {
    const run = runTrails({ orders: 2_000, ticks: 1_000, walk, seed: 7 });

    expect(run.differences).toBe(0);
    expect(run.fired).toBeGreaterThan(100);
    expect(run.cohorts.mean).toBeGreaterThan(5);
  });
});

describe('the size of a checkpoint', () => {
  it('stays below 18 bytes a rung', () => {
    const [size] = ladderSizes([20_000], 1);

    expect(size?.rungs).toBeGreaterThan(20);
    expect(size?.bytes).toBeLessThan(18 * (size?.rungs ?? 0));
  });
});
