import type { Clock } from '@cnop/utils';
import {
  type CheckOutcome,
  type CheckStatus,
  errorCodeOf,
  type HealthCheck,
  type CheckResult,
} from './health-check.ts';

export interface CheckTime {
  readonly clock: Clock;
  /** Milliseconds that only ever grow: a clock that is set back must not keep a result for hours. */
  readonly monotonicMs: () => number;
}

const statuses: ReadonlySet<unknown> = new Set<CheckStatus>(['pass', 'warn', 'fail']);

/**
 * Makes the function that answers for one check, within its time-out whatever the check does.
 *
 * One run at a time: callers that come meanwhile share it, and a result is kept for `cacheMs`. After a time-out the answer stays
 * `CHECK_TIMED_OUT`, given at once, until the run has really ended.
 */
export function createCheckRunner(check: Required<HealthCheck>, time: CheckTime): () => Promise<CheckResult> {
  let last: { readonly result: CheckResult; readonly endedAt: number } | undefined;
  let running: Promise<CheckResult> | undefined;
  let hangs = false;

  async function run(): Promise<CheckResult> {
    const checkedAt = time.clock.now().toISOString();
    const startedAt = time.monotonicMs();

    const outcome = await outcomeInTime(check, (stillRuns) => {
      hangs = stillRuns;
    });

    const endedAt = time.monotonicMs();
    const status = outcome.status === 'fail' && !check.critical ? 'warn' : outcome.status;
    const result = { ...outcome, status, latencyMs: Math.round(endedAt - startedAt), checkedAt };
    last = { result, endedAt };
    running = undefined;

    return result;
  }

  return async () => {
    if (last !== undefined && (hangs || time.monotonicMs() - last.endedAt < check.cacheMs)) {
      return last.result;
    }

    return (running ??= run());
  };
}

async function outcomeInTime(
  { check, timeoutMs }: Required<HealthCheck>,
  onHang: (stillRuns: boolean) => void,
): Promise<CheckOutcome> {
  const controller = new AbortController();

  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      onHang(true);
      resolve({ status: 'fail', message: 'CHECK_TIMED_OUT' });
      controller.abort();
    }, timeoutMs);

    void outcomeOf(check, controller.signal).then((outcome) => {
      clearTimeout(timer);
      onHang(false);
      resolve(outcome);
    });
  });
}

async function outcomeOf(check: HealthCheck['check'], signal: AbortSignal): Promise<CheckOutcome> {
  try {
    const outcome: unknown = await check(signal);

    return outcome === undefined ? { status: 'pass' } : pickOutcome(outcome);
  } catch (error) {
    return { status: 'fail', message: errorCodeOf(error) };
  }
}

// A check written without types may resolve with `false`, say; that is not a pass.
function pickOutcome(outcome: unknown): CheckOutcome {
  const { status, message } = Object(outcome) as Partial<CheckOutcome>;

  if (status === undefined || !statuses.has(status)) {
    return { status: 'fail', message: 'CHECK_OUTCOME_INVALID' };
  }

  return message === undefined ? { status } : { status, message };
}
