/** Tokens that the retries of a database share: each takes some, a write that is carried out or refused gives some back. */
export interface RetryBudget {
  /** Takes the tokens of one more attempt. @returns whether there were enough. */
  take(tokens: number): boolean;
  /** Gives back what the last attempt took, after it was carried out or refused by a condition; 1 where it was the first. */
  giveBack(taken: number | undefined): void;
}

/** A bucket of that many tokens, full at first. */
export function createRetryBudget(capacity: number): RetryBudget {
  let tokens = capacity;

  return {
    take: (cost) => {
      if (tokens < cost) return false;
      tokens -= cost;
      return true;
    },
    giveBack: (taken = 1) => {
      tokens = Math.min(capacity, tokens + taken);
    },
  };
}

/** For what must be found out whatever it costs: whether a write that may have been carried out was. */
export const unlimitedRetries: RetryBudget = createRetryBudget(Infinity);
