/** How often to try, and how long to wait between the tries. */
export interface RetryPolicy {
  /** The number of tries in all, the first included. */
  readonly maxAttempts: number;
  /** The longest wait after the first failure; it doubles with every further one. */
  readonly baseDelayMs: number;
  /** What no wait ever exceeds. */
  readonly maxDelayMs: number;
}

/** Beyond this exponent a doubling changes nothing: any cap has long been reached. */
const MAX_DOUBLINGS = 52;

/**
 * Draws how long to wait after a failed attempt: capped exponential backoff with full jitter, so that contenders spread
 * out.
 *
 * @param attempt - the attempt that failed, 1 for the first.
 * @param random - gives a number from 0 up to but not including 1.
 * @returns whole milliseconds, at least 0 and below `min(maxDelayMs, baseDelayMs × 2^(attempt − 1))`, or 0 when that is
 *   0.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function fullJitterDelay(attempt: number, policy: RetryPolicy, random: () => number = Math.random): number {
  const doublings = Math.min(attempt - 1, MAX_DOUBLINGS);
  const capMs = Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** doublings);

  return Math.floor(random() * capMs);
}
