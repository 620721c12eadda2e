import { sharedErrors } from '@cnop/exceptions';

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

const kinds: ReadonlySet<string> = new Set<CheckKind>(['liveness', 'readiness', 'startup']);

export interface CheckTiming {
  readonly timeoutMs: number;
  readonly cacheMs: number;
}

/** @throws {@link sharedErrors.ConfigurationError} naming the setting. */
export function assertTiming({ timeoutMs, cacheMs }: CheckTiming): void {
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1) {
    throw new sharedErrors.ConfigurationError({
      settings: [{ setting: 'timeoutMs', rule: 'must be a positive whole number of milliseconds' }],
    });
  }

  if (!Number.isInteger(cacheMs) || cacheMs < 0) {
    throw new sharedErrors.ConfigurationError({
      settings: [{ setting: 'cacheMs', rule: 'must be a whole number of milliseconds, not negative' }],
    });
  }
}

/** @throws {@link sharedErrors.ConfigurationError} naming the first wrong setting of the check. */
export function assertHealthCheck(check: Required<HealthCheck>): void {
  if (!/^[\w.:/-]{1,300}$/.test(check.name)) {
    throw new sharedErrors.ConfigurationError({
      settings: [{ setting: 'name', rule: 'must be 1 to 300 characters of A-Z a-z 0-9 _ . : / -' }],
    });
  }

  if (check.kinds.length === 0 || !check.kinds.every((kind) => kinds.has(kind))) {
    throw new sharedErrors.ConfigurationError({
      settings: [{ setting: 'kinds', rule: 'must be one or more of liveness, readiness, startup' }],
    });
  }

  assertTiming(check);
}

const CODE = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

const isCode = (value: unknown): value is string => typeof value === 'string' && CODE.test(value);

/**
 * A word for an error that is safe to show to anyone: its `code`, else its name when that says more than "Error".
 *
 * Never the message, which may hold addresses, names and keys.
 */
export function errorCodeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) {
    return 'CHECK_FAILED';
  }

  if ('code' in error && isCode(error.code)) {
    return error.code;
  }

  return 'name' in error && isCode(error.name) && error.name !== 'Error' ? error.name : 'CHECK_FAILED';
}

/** What a check of another service takes besides its client. It cannot be a liveness check. */
export interface DependencyCheckOptions extends Pick<HealthCheck, 'timeoutMs' | 'cacheMs' | 'critical'> {
  /** Default: readiness. */
  readonly kinds?: readonly Exclude<CheckKind, 'liveness'>[];
}

/** What became of one check. */
export interface CheckResult {
  readonly status: CheckStatus;
  /** How long the check took; its time-out when it did not end. */
  readonly latencyMs: number;
  /** When the check was started, ISO 8601 UTC. Earlier than the report when the result was kept, or when the check hangs. */
  readonly checkedAt: string;
  /** A code: of the error, or what the check itself said. */
  readonly message?: string;
}
