import { sharedErrors } from '@cnop/exceptions';
import type { LoginContext } from '../logins/login-policy.ts';

/** How long a session and its tokens are good, in milliseconds. */
export interface SessionLifetimes {
  /** From log-in, however much it is used. Default 30 days. */
  readonly absoluteMs: number;
  /** From the last use. Default 7 days. */
  readonly idleMs: number;
  /**
   * For how long after its use a token may be presented again, by a client that got no answer, and is answered the same. After that
   * it is a reuse, which ends the session. Default 60 seconds.
   */
  readonly repeatMs: number;
}

const day = 86_400_000;
const defaults: SessionLifetimes = { absoluteMs: 30 * day, idleMs: 7 * day, repeatMs: 60_000 };

/**
 * The lifetimes with their defaults.
 *
 * @throws {@link sharedErrors.ConfigurationError} when one is no positive whole number, or a session would be idle for longer than it lives.
 */
export function sessionLifetimes(given: Partial<SessionLifetimes> = {}): SessionLifetimes {
  const lifetimes = { ...defaults, ...given };
  const wrong = Object.entries(lifetimes).find(([, ms]: [string, number]) => !Number.isSafeInteger(ms) || ms < 1);

  if (wrong) {
    throw new sharedErrors.ConfigurationError({
      settings: [{ setting: `lifetimes.${wrong[0]}`, rule: 'must be a positive whole number' }],
    });
  }
  if (lifetimes.idleMs > lifetimes.absoluteMs) {
    throw new sharedErrors.ConfigurationError({
      settings: [{ setting: 'lifetimes.idleMs', rule: 'must not exceed lifetimes.absoluteMs' }],
    });
  }
  return lifetimes;
}

/** What every step of a session works with. */
export interface SessionContext extends LoginContext {
  readonly lifetimes: SessionLifetimes;
  /** That number of random bytes, which nobody can guess. */
  readonly randomBytes: (size: number) => Uint8Array;
}
