import type { RandomSource } from '../random-source.ts';

/** How long the parts of one call take, in milliseconds. */
export interface CallTimes {
  /** From the client to the store. */
  readonly outMs: number;
  /** For which a transaction has its items before it is carried out. */
  readonly carryOutMs: number;
  /** From the store to the client. */
  readonly backMs: number;
  /** How long after the client's time-out a late request arrives. */
  readonly lateMs: number;
}

/** Draws how long one call takes: mostly some milliseconds, so that calls overlap. */
export function drawTimes(random: RandomSource): CallTimes {
  return {
    outMs: 1 + random.below(10),
    carryOutMs: random.below(20),
    backMs: 1 + random.below(10),
    lateMs: lateness[random.below(lateness.length)]?.(random) ?? 0,
  };
}

/** Soon after, some retries later, and after every memory of a client request token. */
const lateness: readonly ((random: RandomSource) => number)[] = [
  (random) => random.below(100),
  (random) => random.below(20_000),
  (random) => 11 * 60_000 + random.below(60_000),
];
