import type { WatermarkKind } from '@cnop/entities-order';
import { divideLadder } from '@cnop/entities-order/table';
import { createLadder } from '../../src/engine/ladder.ts';
import { evenNumbers, normalDeviate } from './chance.ts';

/** What the two ladders of an asset take in a checkpoint. */
export interface LadderSize {
  readonly rungs: number;
  readonly parts: number;
  /** Of the stored texts of all parts. */
  readonly bytes: number;
}

const YEARLY_VOLATILITY = 0.6;
const SECONDS_A_YEAR = 365 * 86_400;
const startMs = Date.UTC(2026, 0, 1);

/** The sizes of both ladders, unpruned, after these numbers of seconds of a random walk with one tick a second. */
export function ladderSizes(seconds: readonly number[], seed: number): LadderSize[] {
  const random = evenNumbers(seed);
  const kinds: WatermarkKind[] = ['HIGH', 'LOW'];
  const ladders = kinds.map((kind) => createLadder<never>({ kind, merge: (one) => one }));
  const deviation = YEARLY_VOLATILITY / Math.sqrt(SECONDS_A_YEAR);
  const sizes: LadderSize[] = [];
  let price = 10_000_000;

  for (let second = 0; sizes.length < seconds.length; second += 1) {
    price *= Math.exp(deviation * normalDeviate(random));
    const tick = { asOf: new Date(startMs + second * 1_000).toISOString(), priceMinor: BigInt(Math.round(price)) };
    for (const ladder of ladders) ladder.climb(tick);

    if (second + 1 === seconds[sizes.length]) {
      const parts = ladders.flatMap((ladder, index) =>
        divideLadder(ladder.rungs(), { kind: kinds[index] ?? 'HIGH', asOf: tick.asOf, stored: [] }),
      );
      sizes.push({
        rungs: ladders.reduce((sum, { depth }) => sum + depth, 0),
        parts: parts.length,
        bytes: parts.reduce((sum, { text }) => sum + text.length, 0),
      });
    }
  }
  return sizes;
}
