import type { TrailEntry } from '@cnop/dao-order';
import type { WatermarkKind, WatermarkLadder } from '@cnop/entities-order';
import {
  createCohort,
  isEmptyCohort,
  mergeCohorts,
  reachedOf,
  trailsOf,
  type Cohort,
  type MirroredTrail,
} from './cohort.ts';
import { createHeap } from './heap.ts';
import { createLadder, isReached } from './ladder.ts';

/**
 * The open trailing stops of one asset and side, in memory: which of them a tick reaches, at a cost that does not depend on how many
 * there are. No order is touched by a tick that moves its watermark: it has that of the rung that covers its birth.
 */
export interface TrailMirror {
  /** Open trails in the mirror. */
  readonly size: number;
  /** Rungs of the ladder. */
  readonly depth: number;
  /** Rungs that cover a trail. */
  readonly cohorts: number;
  /** `asOf` of the newest executable tick that it has seen, or of the checkpoint that it began with. */
  readonly newestAsOf: string | undefined;
  /**
   * Takes a trail in, from the index or from an order that was placed, whenever it becomes known. The same one again changes nothing. One
   * that began later under the same id, or at the same time with another offset, takes the place of the former, as an amendment
   * does; one that began earlier is what a late index still shows, and is ignored.
   *
   * A trail that began after the newest tick waits until a tick is newer than it. Of one that began before the ladder does the watermark
   * is not known here, so every tick reaches it, and the log of ticks judges it.
   */
  add(trail: TrailEntry): void;
  /** Takes a trail out that is over or has been amended into something else. Unknown ids are ignored. */
  remove(orderId: string): void;
  has(orderId: string): boolean;
  /**
   * Takes an executable tick, and tells which trails it reaches, each at the watermark that it had before; the ladder then moves to the
   * tick. A tick that is no newer than the newest reaches none. Of a tick that is paused only the move counts.
   *
   * Whether an order is due is for its own terms to say: a tick no later than its `since` reaches it and does not fill it. So whatever is
   * reached stays until it is removed, and is told again by every tick that reaches it.
   *
   * Costs O(1) for each rung above the price, and what is reached.
   */
  tick(asOf: string, priceMinor: bigint): string[];
  /** The watermark at the newest tick of an order that began then; `undefined` before the ladder does. */
  watermarkAt(activeAsOfMs: number): bigint | undefined;
  /** The ladder as it is now, for a checkpoint. */
  rungs(): WatermarkLadder;
  /** The births that a pruned ladder must keep: the anchors of the rungs that cover a trail, and the births of trails that wait. */
  births(): string[];
}

/** What {@link createTrailMirror} takes. */
export interface TrailMirrorOptions {
  /** HIGH: sells, which trail the highest price; LOW: buys. */
  readonly kind: WatermarkKind;
  /** Of a checkpoint. Default: none, and the first tick begins the ladder. */
  readonly rungs?: WatermarkLadder | undefined;
  /** `asOf` of that checkpoint. */
  readonly newestAsOf?: string | undefined;
}

/** Removed trails that are kept in their heaps before all of them are tidied. */
const TIDY_FROM = 1_024;

/** Makes a mirror without trails. One that is to know only what the index lists is made anew from its rungs. */
export function createTrailMirror({ kind, rungs, newestAsOf }: TrailMirrorOptions): TrailMirror {
  const ladder = createLadder<Cohort>({ kind, rungs, newestAsOf, merge: mergeCohorts });
  const trails = new Map<string, MirroredTrail>();
  const waiting = createHeap<MirroredTrail>((one, other) => one.activeAsOfMs < other.activeAsOfMs);
  /** Those that began before the ladder does. */
  const early = new Set<MirroredTrail>();
  let newestMs = newestAsOf === undefined ? -Infinity : Date.parse(newestAsOf);
  let gone = 0;

  const remove = (orderId: string) => {
    const trail = trails.get(orderId);
    if (!trail) return;

    trails.delete(orderId);
    early.delete(trail);
    trail.isGone = true;
    gone += 1;
    if (gone >= TIDY_FROM && gone > trails.size) tidy();
  };

  const tidy = () => {
    for (const entry of ladder.entries) {
      if (!entry.cohort) continue;
      const left = trailsOf(entry.cohort);
      entry.cohort = left.length > 0 ? createCohort(left) : undefined;
    }
    gone = 0;
  };

  /** Into the cohort of its rung. */
  const settle = (trail: MirroredTrail) => {
    const entry = ladder.entryAt(trail.activeAsOfMs);

    if (!entry) {
      early.add(trail);
    } else {
      entry.cohort ??= createCohort();
      entry.cohort[trail.unit].push(trail);
    }
  };

  /** Those that began before this tick, at a price that the ladder has at its top. */
  const settleWaiting = (timeMs: number) => {
    for (let next = waiting.first(); next && next.activeAsOfMs < timeMs; next = waiting.first()) {
      waiting.shift();
      if (!next.isGone) settle(next);
    }
  };

  return {
    get size() {
      return trails.size;
    },
    get depth() {
      return ladder.depth;
    },
    get cohorts() {
      return ladder.entries.filter(({ cohort }) => cohort && !isEmptyCohort(cohort)).length;
    },
    get newestAsOf() {
      return ladder.newestAsOf;
    },
    has: (orderId) => trails.has(orderId),
    remove,
    rungs: ladder.rungs,
    watermarkAt: (activeAsOfMs) => ladder.entryAt(activeAsOfMs)?.markMinor,
    add: ({ orderId, activeAsOfMs, offset, unit }) => {
      const known = trails.get(orderId);
      const isSame = known?.activeAsOfMs === activeAsOfMs && known.offset === offset && known.unit === unit;
      if (known && (isSame || activeAsOfMs < known.activeAsOfMs)) return;
      const trail: MirroredTrail = { orderId, activeAsOfMs, offset, unit, isGone: false };

      remove(orderId);
      trails.set(orderId, trail);
      if (activeAsOfMs > newestMs) waiting.push(trail);
      else settle(trail);
    },
    tick: (asOf, priceMinor) => {
      if (ladder.newestAsOf !== undefined && asOf <= ladder.newestAsOf) return [];
      newestMs = Date.parse(asOf);
      settleWaiting(newestMs);
      const reached = [...early].map(({ orderId }) => orderId);

      for (const { markMinor, cohort } of ladder.entries) {
        if (isReached(kind, markMinor, priceMinor)) break;
        if (cohort) for (const { orderId } of reachedOf(cohort, { kind, markMinor, priceMinor })) reached.push(orderId);
      }
      ladder.climb({ asOf, priceMinor });
      return reached;
    },
    births: () => [
      ...ladder.entries.flatMap(({ anchorMs, cohort }) => (cohort && !isEmptyCohort(cohort) ? [toTime(anchorMs)] : [])),
      ...waiting.items().flatMap(({ activeAsOfMs, isGone }) => (isGone ? [] : [toTime(activeAsOfMs)])),
    ],
  };
}

const toTime = (timeMs: number): string => new Date(timeMs).toISOString();
