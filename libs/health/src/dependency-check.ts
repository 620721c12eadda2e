import type { CheckKind, HealthCheck } from './health-check.ts';

/** What a check of another service takes besides its client. It cannot be a liveness check. */
export interface DependencyCheckOptions extends Pick<HealthCheck, 'timeoutMs' | 'cacheMs' | 'critical'> {
  /** Default: readiness. */
  readonly kinds?: readonly Exclude<CheckKind, 'liveness'>[];
}
