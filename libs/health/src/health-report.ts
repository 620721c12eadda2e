import type { CheckStatus } from './health-check.ts';

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

/** The answer to one question: the worst status among its checks, `pass` when it has none. */
export interface HealthReport {
  readonly status: CheckStatus;
  readonly checks: Readonly<Record<string, CheckResult>>;
}

const worstFirst: readonly CheckStatus[] = ['fail', 'warn', 'pass'];

export function toHealthReport(results: readonly (readonly [name: string, result: CheckResult])[]): HealthReport {
  const found = new Set(results.map(([, { status }]) => status));

  return { status: worstFirst.find((status) => found.has(status)) ?? 'pass', checks: Object.fromEntries(results) };
}
