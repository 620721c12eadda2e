import type { Rung, WatermarkKind, WatermarkLadder } from '@cnop/entities-order';

/** A rung in memory, with what is kept of the orders that it covers. */
export interface LadderEntry<TCohort> {
  /** In milliseconds since 1970. */
  readonly anchorMs: number;
  readonly markMinor: bigint;
  cohort: TCohort | undefined;
}

/** A {@link WatermarkLadder} that climbs in place. */
export interface Ladder<TCohort> {
  /** How many rungs it has. */
  readonly depth: number;
  /** `asOf` of the newest tick that it has seen; absent for an empty one. */
  readonly newestAsOf: string | undefined;
  /** The rungs, the oldest first. A view: it changes with the next tick. */
  readonly entries: readonly LadderEntry<TCohort>[];
  /** The rungs as they are now. Costs their number. */
  readonly rungs: () => WatermarkLadder;
  /** The rung that covers an order which began then; `undefined` before the first. Costs the logarithm of the rungs. */
  entryAt(activeAsOfMs: number): LadderEntry<TCohort> | undefined;
  /**
   * Takes an executable tick; one that is no newer than those it has seen changes nothing. The cohorts of the rungs that the price
   * reaches become one. Costs amortised O(1), and what merging costs.
   *
   * @returns whether the tick was new.
   */
  climb(tick: { readonly asOf: string; readonly priceMinor: bigint }): boolean;
}

/** What {@link createLadder} takes. */
export interface LadderOptions<TCohort> {
  readonly kind: WatermarkKind;
  /** Where it begins, as of `newestAsOf`. Default: empty. */
  readonly rungs?: WatermarkLadder | undefined;
  readonly newestAsOf?: string | undefined;
  /** Makes one cohort of two. */
  readonly merge: (one: TCohort, other: TCohort) => TCohort;
}

/** The ladder that `climb` of `@cnop/entities-order` describes, without a copy for each tick. */
export function createLadder<TCohort>(options: LadderOptions<TCohort>): Ladder<TCohort> {
  const { kind, rungs = [], merge } = options;
  const entries = rungs.map(({ anchor, markMinor }): LadderEntry<TCohort> => ({
    anchorMs: Date.parse(anchor),
    markMinor,
    cohort: undefined,
  }));
  let { newestAsOf } = options;

  return {
    entries,
    get depth() {
      return entries.length;
    },
    get newestAsOf() {
      return newestAsOf;
    },
    rungs: () =>
      entries.map(({ anchorMs, markMinor }): Rung => ({ anchor: new Date(anchorMs).toISOString(), markMinor })),
    entryAt: (activeAsOfMs) => entries[countUpTo(entries, activeAsOfMs) - 1],
    climb: ({ asOf, priceMinor }) => {
      if (newestAsOf !== undefined && asOf <= newestAsOf) return false;
      let anchorMs = Date.parse(asOf);
      let cohort: TCohort | undefined;

      for (let top = entries.at(-1); top && isReached(kind, top.markMinor, priceMinor); top = entries.at(-1)) {
        entries.pop();
        anchorMs = top.anchorMs;
        if (top.cohort !== undefined) cohort = cohort === undefined ? top.cohort : merge(cohort, top.cohort);
      }
      entries.push({ anchorMs, markMinor: priceMinor, cohort });
      newestAsOf = asOf;
      return true;
    },
  };
}

/** Whether a price is as good as a watermark or better, so that it becomes the watermark. */
export const isReached = (kind: WatermarkKind, markMinor: bigint, priceMinor: bigint): boolean =>
  kind === 'HIGH' ? markMinor <= priceMinor : markMinor >= priceMinor;

/** How many entries have their anchor at that time or before it. */
function countUpTo(entries: readonly { readonly anchorMs: number }[], timeMs: number): number {
  let [low, high] = [0, entries.length];

  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.anchorMs ?? Infinity) <= timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
