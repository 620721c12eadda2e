import type { RandomSource } from '../random-source.ts';

/** What can happen to a call, in the order in which chance picks from them. */
export const faultKinds = [
  'request-lost',
  'response-lost',
  'late',
  'conflict',
  'throttled',
  'error-not-carried-out',
  'error-carried-out',
  'crash-before-sending',
  'crash-after-sending',
] as const;

/** What can happen to a call. `late`: the request arrives after the client's time-out. */
export type FaultKind = (typeof faultKinds)[number];

/** How often calls go wrong, and in which ways. */
export interface FaultPlan {
  /** Of a hundred calls so many go wrong. */
  readonly percent: number;
  readonly kinds: readonly FaultKind[];
}

/**
 * The fault of one call, if any. Always draws the same whatever the plan: with a lower percentage or fewer kinds some calls go right
 * that went wrong, and nothing else changes.
 */
export function drawFault(random: RandomSource, { percent, kinds }: FaultPlan): FaultKind | undefined {
  const isFaulty = random.below(10_000) < percent * 100;
  const kind = faultKinds[random.below(faultKinds.length)];

  return isFaulty && kind !== undefined && kinds.includes(kind) ? kind : undefined;
}
