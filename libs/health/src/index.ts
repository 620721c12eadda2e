export {
  type CheckResult,
  createHealthRegistry,
  type HealthRegistry,
  type HealthRegistryOptions,
  type HealthReport,
} from './create-health-registry.ts';
export type { CheckKind, CheckOutcome, CheckStatus, DependencyCheckOptions, HealthCheck } from './health-check.ts';
