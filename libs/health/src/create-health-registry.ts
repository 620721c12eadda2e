import { sharedErrors } from '@cnop/exceptions';
import { type Clock, systemClock } from '@cnop/utils';
import { createCheckRunner } from './check-runner.ts';
import {
  assertHealthCheck,
  assertTiming,
  type CheckKind,
  type CheckStatus,
  type CheckTiming,
  type HealthCheck,
  type CheckResult,
} from './health-check.ts';

/** What {@link createHealthRegistry} takes. */
export interface HealthRegistryOptions {
  /** For checks that name none. Default: 800 ms, below the one second that Kubernetes gives a probe. */
  readonly timeoutMs?: number;
  /** For checks that name none. Default: 5,000 ms. */
  readonly cacheMs?: number;
  readonly clock?: Clock;
  /** Milliseconds that never run backwards, for the age of results and latencies. Default: `performance.now`. */
  readonly monotonicMs?: () => number;
}

/** The checks of one process, and the answers to the three questions an orchestrator asks. */
export interface HealthRegistry {
  /** @throws {@link sharedErrors.ConfigurationError} when the check is wrong or its name is taken. */
  register(check: HealthCheck): void;
  /** Whether the process works at all; restart it on `fail`. */
  liveness(): Promise<HealthReport>;
  /** Whether the process may get requests; send none on `fail`. */
  readiness(): Promise<HealthReport>;
  /** Whether the process has started. Once it has, this report is returned from then on, until another startup check is registered. */
  startup(): Promise<HealthReport>;
  /** Every check, whatever its kinds: for people. */
  all(): Promise<HealthReport>;
}

interface Registered {
  readonly kinds: readonly CheckKind[];
  readonly run: () => Promise<CheckResult>;
}

/**
 * Makes a registry of health checks.
 *
 * A report never rejects and never takes longer than the longest time-out among its checks, which run at the same time. A result is
 * kept for its `cacheMs`, so probes cost a dependency one request in that time, however many ask.
 *
 * @throws {@link sharedErrors.ConfigurationError} when an option is wrong.
 *
 * @example
 * const health = createHealthRegistry();
 * health.register(dynamoDbCheck({ client, tableName: 'orders' }));
 * const { status } = await health.readiness();
 */
export function createHealthRegistry(options: HealthRegistryOptions = {}): HealthRegistry {
  const { timeoutMs = 800, cacheMs = 5_000, clock = systemClock, monotonicMs = () => performance.now() } = options;
  const registered = new Map<string, Registered>();
  let started: HealthReport | undefined;

  assertTiming({ timeoutMs, cacheMs });

  async function report(kind?: CheckKind): Promise<HealthReport> {
    const asked = [...registered].filter(([, { kinds }]) => kind === undefined || kinds.includes(kind));

    return toHealthReport(await Promise.all(asked.map(async ([name, { run }]) => [name, await run()] as const)));
  }

  return {
    register(check) {
      const complete = withDefaults(check, { timeoutMs, cacheMs });

      assertHealthCheck(complete);
      if (registered.has(check.name)) {
        throw new sharedErrors.ConfigurationError({
          settings: [{ setting: 'name', rule: 'must be a name that no other check has' }],
        });
      }

      registered.set(check.name, { kinds: complete.kinds, run: createCheckRunner(complete, { clock, monotonicMs }) });
      if (complete.kinds.includes('startup')) {
        started = undefined;
      }
    },
    liveness: () => report('liveness'),
    readiness: () => report('readiness'),
    startup: async () => {
      if (started !== undefined) {
        return started;
      }

      const current = await report('startup');
      if (current.status !== 'fail') {
        started = current;
      }

      return current;
    },
    all: () => report(),
  };
}

function withDefaults(check: HealthCheck, { timeoutMs, cacheMs }: CheckTiming): Required<HealthCheck> {
  return {
    name: check.name,
    check: (signal) => check.check(signal),
    kinds: check.kinds ?? ['readiness'],
    timeoutMs: check.timeoutMs ?? timeoutMs,
    cacheMs: check.cacheMs ?? cacheMs,
    critical: check.critical ?? true,
  };
}

/** The answer to one question: the worst status among its checks, `pass` when it has none. */
export interface HealthReport {
  readonly status: CheckStatus;
  readonly checks: Readonly<Record<string, CheckResult>>;
}

const worstFirst: readonly CheckStatus[] = ['fail', 'warn', 'pass'];

function toHealthReport(results: readonly (readonly [name: string, result: CheckResult])[]): HealthReport {
  const found = new Set(results.map(([, { status }]) => status));

  return { status: worstFirst.find((status) => found.has(status)) ?? 'pass', checks: Object.fromEntries(results) };
}
