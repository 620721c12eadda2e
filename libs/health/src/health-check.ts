/** What a check found: `warn` still serves, `fail` does not. */
export type CheckStatus = 'pass' | 'warn' | 'fail';

/**
 * Which question a check helps to answer.
 *
 * - `liveness`: must this process be restarted? Never a dependency: a database that is down would restart every process at once.
 * - `readiness`: may this process get requests now?
 * - `startup`: has this process finished starting?
 */
export type CheckKind = 'liveness' | 'readiness' | 'startup';

/** What a check may resolve with. The message is shown as it is: a code, never a text that may hold a secret. */
export interface CheckOutcome {
  readonly status: CheckStatus;
  readonly message?: string;
}

/** One thing to be checked. */
export interface HealthCheck {
  /** Its key in a report: 1–300 characters of `A-Z a-z 0-9 _ . : / -`. */
  readonly name: string;
  /**
   * Passes when it resolves with nothing, fails when it rejects; the error's code is shown, not its text.
   *
   * The signal aborts at the time-out. A check that goes on all the same is not started again until it has ended.
   */
  readonly check: (signal: AbortSignal) => CheckOutcome | undefined | Promise<CheckOutcome | undefined>;
  /** Default: readiness. */
  readonly kinds?: readonly CheckKind[];
  /** How long an answer waits for the check. Default: the registry's. */
  readonly timeoutMs?: number;
  /** How long a result, good or bad, is given again. Default: the registry's. */
  readonly cacheMs?: number;
  /** Whether its failure is the whole's; if not, it is a warning. Default: true. */
  readonly critical?: boolean;
}
