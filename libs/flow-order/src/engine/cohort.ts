import type { WatermarkKind } from '@cnop/entities-order';
import { createHeap, type Heap } from './heap.ts';

/** A trailing stop in memory. */
export interface MirroredTrail {
  readonly orderId: string;
  /** In milliseconds since 1970. */
  readonly activeAsOfMs: number;
  /** How far it follows: minor units of the price for an AMOUNT, basis points for BPS. */
  readonly offset: bigint;
  readonly unit: 'AMOUNT' | 'BPS';
  /** Whether it was removed: it stays where it is until it comes to the front, or until the cohort is tidied. */
  isGone: boolean;
}

/** The trails that have one watermark, those of each unit by how far they follow. */
export type Cohort = Record<MirroredTrail['unit'], Heap<MirroredTrail>>;

const createTrailHeap = () => createHeap<MirroredTrail>((one, other) => one.offset < other.offset);

/** Makes a cohort of these trails. */
export function createCohort(trails: Iterable<MirroredTrail> = []): Cohort {
  const cohort: Cohort = { AMOUNT: createTrailHeap(), BPS: createTrailHeap() };

  for (const trail of trails) cohort[trail.unit].push(trail);
  return cohort;
}

/** Whether nothing is left of a cohort; one whose trails were all removed may not show it yet. */
export const isEmptyCohort = ({ AMOUNT, BPS }: Cohort): boolean => AMOUNT.size + BPS.size === 0;

/** The trails of a cohort that were not removed. */
export const trailsOf = ({ AMOUNT, BPS }: Cohort): MirroredTrail[] =>
  [...AMOUNT.items(), ...BPS.items()].filter(({ isGone }) => !isGone);

/** Two cohorts as one: the smaller heap goes into the larger, so that a trail moves at most log₂ n times in its life. */
export const mergeCohorts = (one: Cohort, other: Cohort): Cohort => ({
  AMOUNT: mergeHeaps(one.AMOUNT, other.AMOUNT),
  BPS: mergeHeaps(one.BPS, other.BPS),
});

function mergeHeaps(one: Heap<MirroredTrail>, other: Heap<MirroredTrail>): Heap<MirroredTrail> {
  const [small, large] = one.size < other.size ? [one, other] : [other, one];

  for (const trail of small.items()) if (!trail.isGone) large.push(trail);
  return large;
}

/** A watermark, and the price of a tick that has not reached it from the far side. */
export interface Fall {
  readonly kind: WatermarkKind;
  readonly markMinor: bigint;
  readonly priceMinor: bigint;
}

const BPS_OF_ONE = 10_000n;

/**
 * The trails of a cohort that a price reaches: whose distance from the watermark is no more than that of the price. In whole numbers, as
 * `trailStopOf` has it: `p ≤ H − d` is `d ≤ H − p`, and `p·10⁴ ≤ H·(10⁴ − b)` is `b ≤ ⌊10⁴·(H − p)/H⌋`.
 */
export function reachedOf(cohort: Cohort, { kind, markMinor, priceMinor }: Fall): MirroredTrail[] {
  const distance = kind === 'HIGH' ? markMinor - priceMinor : priceMinor - markMinor;

  return [...reachedIn(cohort.AMOUNT, distance), ...reachedIn(cohort.BPS, (distance * BPS_OF_ONE) / markMinor)];
}

function reachedIn(heap: Heap<MirroredTrail>, bound: bigint): MirroredTrail[] {
  while (heap.first()?.isGone) heap.shift();

  return heap.meeting(({ offset }) => offset <= bound).filter(({ isGone }) => !isGone);
}
