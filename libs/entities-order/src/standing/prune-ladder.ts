import { rungIndexOf, type WatermarkLadder } from './watermark-ladder.ts';

/** Of which orders the watermarks must stay known. */
export interface KeptBirths {
  /** `activeAsOf` of each open trail, or the anchor of the rung that covers it; in any order, repeated or not. */
  readonly births: Iterable<string>;
  /** Every order that began then or later is kept, known or not: an index may not show it yet. ISO 8601 UTC. */
  readonly since: string;
}

/**
 * The ladder without the rungs that cover no open trail. For every birth that is kept the watermark is unchanged, now and after any
 * tick that follows; for others it is that of an older rung, which nobody asks for.
 *
 * Costs the births times the logarithm of the rungs.
 */
export function pruneLadder(ladder: WatermarkLadder, { births, since }: KeptBirths): WatermarkLadder {
  const firstRecent = rungIndexOf(ladder, since);
  const covering = new Set<number>();

  for (const birth of births) covering.add(rungIndexOf(ladder, birth));
  return ladder.filter((_, index) => index >= firstRecent || covering.has(index));
}
