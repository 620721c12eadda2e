export {
  createHealthRegistry,
  type HealthRegistry,
  type HealthRegistryOptions,
  type HealthReport,
} from './create-health-registry.ts';
export type {
  CheckKind,
  CheckOutcome,
  CheckResult,
  CheckStatus,
  DependencyCheckOptions,
  HealthCheck,
} from './health-check.ts';
