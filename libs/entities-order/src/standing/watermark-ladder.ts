/** Orders that began from `anchor` on, up to the anchor of the next rung, have this watermark. */
export interface Rung {
  /** `asOf` of a tick. */
  readonly anchor: string;
  readonly markMinor: bigint;
}

/** The watermarks of all trails of one asset and side, the oldest rung first: falling for sells (`HIGH`), rising for buys (`LOW`). */
export type WatermarkLadder = readonly Rung[];

/** Which watermark is kept: the highest price since, for sells, or the lowest, for buys. */
export type WatermarkKind = 'HIGH' | 'LOW';

/**
 * The ladder after an executable tick: the rungs that the price reaches or passes become one, and at most one is added. What it costs
 * depends on the rungs alone, not on how many orders trail.
 *
 * The ladder follows from the ticks alone, and a tick that is no newer than those it knows changes nothing: in whatever order and
 * however often workers apply them, those that have seen the same ticks hold the same ladder.
 *
 * @param newestAsOf - `asOf` of the newest tick that the ladder has seen; absent for an empty one.
 */
export function climb(
  ladder: WatermarkLadder,
  kind: WatermarkKind,
  {
    asOf,
    priceMinor,
    newestAsOf,
  }: { readonly asOf: string; readonly priceMinor: bigint; readonly newestAsOf?: string },
): WatermarkLadder {
  if (newestAsOf !== undefined && asOf <= newestAsOf) return ladder;

  const isReached = ({ markMinor }: Rung) => (kind === 'HIGH' ? markMinor <= priceMinor : markMinor >= priceMinor);
  const kept = ladder.findLastIndex((rung) => !isReached(rung)) + 1;
  const anchor = ladder[kept]?.anchor ?? asOf;

  return [...ladder.slice(0, kept), { anchor, markMinor: priceMinor }];
}

/**
 * The watermark that an order has which began at `activeAsOf`; `undefined` for one that began before the ladder does.
 *
 * Costs the logarithm of the rungs.
 */
export const watermarkOf = (ladder: WatermarkLadder, activeAsOf: string): bigint | undefined =>
  ladder[rungIndexOf(ladder, activeAsOf)]?.markMinor;

/** Which rung covers an order that began then; −1 for one that began before the ladder does. */
export function rungIndexOf(ladder: WatermarkLadder, activeAsOf: string): number {
  let [low, high] = [0, ladder.length];

  while (low < high) {
    const middle = (low + high) >> 1;
    const rung = ladder[middle];
    if (rung && rung.anchor <= activeAsOf) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
