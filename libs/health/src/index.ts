export { createHealthRegistry, type HealthRegistry, type HealthRegistryOptions } from './create-health-registry.ts';
export type { DependencyCheckOptions } from './dependency-check.ts';
export type { CheckKind, CheckOutcome, CheckStatus, HealthCheck } from './health-check.ts';
export type { CheckResult, HealthReport } from './create-health-registry.ts';
