import type { AttemptResult } from './write-attempt.ts';

/** Tokens that the retries of a database share: each takes some, a write that is carried out or refused gives some back. */
export interface RetryBudget {
  /** Takes the tokens of one more attempt after this result. @returns how many; `undefined` when there are too few. */
  take(result: AttemptResult): number | undefined;
  /** Gives back what the last attempt took, after it was carried out or refused by a condition; 1 where it was the first. */
  giveBack(taken: number | undefined): void;
}

/** A write that met another one is the store at work: its attempts are bound enough. No answer, or a throttle, is the store in need. */
const costOf = (result: AttemptResult): number =>
  result.kind === 'cancelled' && result.reasons.every(({ kind }) => kind !== 'throttled') ? 0 : 5;

/** A bucket of that many tokens, full at first. */
export function createRetryBudget(capacity: number): RetryBudget {
  let tokens = capacity;

  return {
    take: (result) => {
      const cost = costOf(result);
      if (tokens < cost) return undefined;
      tokens -= cost;
      return cost;
    },
    giveBack: (taken = 1) => {
      tokens = Math.min(capacity, tokens + taken);
    },
  };
}

/** For what must be found out whatever it costs: whether a write that may have been carried out was. */
export const unlimitedRetries: RetryBudget = createRetryBudget(Infinity);
