import { ConfigurationError } from '@cnop/exceptions';

/** How failed attempts to log in slow down later ones. Times are in milliseconds. */
export interface LoginPolicy {
  /** So many failures from one source cost no wait. Default 5. */
  readonly freeFailures: number;
  /** What the next one costs; it doubles with each further failure. Default 1 second. */
  readonly baseDelayMs: number;
  /** What no wait for one source ever exceeds. Default 15 minutes. */
  readonly maxDelayMs: number;
  /** After so long without an attempt the failures of a source are forgotten. Default 1 day. */
  readonly forgetAfterMs: number;
  /** A source is known for so long after the right password came from there. Default 90 days. */
  readonly knownForMs: number;
  /** So many attempts from sources not known, together, cost no wait. Default 50. */
  readonly strangersBurst: number;
  /** One more of those becomes free in such a time. Default 3 minutes. */
  readonly strangersIntervalMs: number;
  /** So many known sources are remembered. Default 8. */
  readonly maxKnown: number;
  /** So many sources not known are remembered. Default 12. */
  readonly maxStrangers: number;
}

const minute = 60_000;
const day = 1_440 * minute;
const defaults: LoginPolicy = {
  freeFailures: 5,
  baseDelayMs: 1_000,
  maxDelayMs: 15 * minute,
  forgetAfterMs: day,
  knownForMs: 90 * day,
  strangersBurst: 50,
  strangersIntervalMs: 3 * minute,
  maxKnown: 8,
  maxStrangers: 12,
};
/** An item must stay well within what DynamoDB holds, and a write within a few units. */
const mostSources = 100;

/**
 * The policy with its defaults.
 *
 * @throws {@link ConfigurationError} naming the setting that makes no sense.
 */
export function loginPolicy(given: Partial<LoginPolicy> = {}): LoginPolicy {
  const policy = { ...defaults, ...given };
  const wrong = Object.entries(policy).find(([, value]: [string, number]) => !Number.isSafeInteger(value) || value < 1);

  if (wrong)
    throw new ConfigurationError({
      settings: [{ setting: `policy.${wrong[0]}`, rule: 'must be a positive whole number' }],
    });
  if (policy.maxKnown + policy.maxStrangers > mostSources) {
    throw new ConfigurationError({
      settings: [{ setting: 'policy.maxStrangers', rule: `must leave at most ${mostSources} sources` }],
    });
  }
  return policy;
}
