export {
  type AccessClaims,
  type AccessRule,
  type AuthenticatedUser,
  findUser,
  isAccessRule,
} from './access/access-rules.ts';
export {
  type ActiveUsersOptions,
  authentication,
  type AuthenticationOptions,
  type UserDirectory,
} from './access/authentication.ts';
export { generateSigningKey, publicKeysPath, type SigningAlgorithm } from './access/signing-keys.ts';
export {
  createTokenIssuer,
  type IssuedToken,
  publishKeys,
  type PublishKeysOptions,
  type TokenIssuer,
  type TokenIssuerOptions,
} from './access/token-issuer.ts';
export { createTokenVerifier, type TokenVerifier, type TokenVerifierOptions } from './access/token-verifier.ts';
export { jsonBodies, type JsonBodiesOptions } from './bodies/json-bodies.ts';
export { createProbeService, type ProbeServiceOptions } from './create-probe-service.ts';
export { createService, type Service, type ServiceOptions } from './create-service.ts';
export { databaseLog, databaseObserver, type DatabaseObserverOptions, databaseSpans } from './database-observer.ts';
export { healthRoutes, type HealthRoutesOptions } from './health/health-routes.ts';
export { findIdempotencyKey, markReplayed } from './idempotency/idempotency-key.ts';
export { answeredUnderPressure, loadShedding, type LoadSheddingOptions } from './limits/load-shedding.ts';
export { type Rate, rateLimits, type RateLimitsOptions, type RouteLimits } from './limits/rate-limits.ts';
export { securityHeaders, type SecurityHeadersOptions } from './limits/security-headers.ts';
export { singleHeaders } from './limits/single-headers.ts';
export type { LoggingOptions } from './logging/logger-options.ts';
export { redactLine } from './logging/redact.ts';
export { requestLogging } from './logging/request-logging.ts';
export {
  type ActionTimer,
  type ActionTimerOptions,
  createMetrics,
  type MeasuredRequest,
  type Metrics,
  type MetricsOptions,
  requestMetrics,
  type RequestMetricsOptions,
} from './metrics/metrics.ts';
export { inputSchemas, noBody, noQuery } from './open-api/input-schemas.ts';
export { openApi, type OpenApiOptions, zodSchemas } from './open-api/open-api.ts';
export type { ProblemKind } from './open-api/problem-schemas.ts';
export { httpProblems } from './problems/problem-of.ts';
export { problemDetails } from './problems/problem-details.ts';
export { currentRequest, requestScope, type RequestScope } from './scope/request-scope.ts';
export { assertCanListen } from './server/free-port.ts';
export {
  type ListenOptions,
  serve,
  type Served,
  type ServeOptions,
  serverOptions,
  type ServerOptions,
  type ServerTimeouts,
} from './server/serve.ts';
export {
  logLevelSetting,
  serverSettings,
  serviceSettings,
  type ServerSettings,
  type ServiceSettings,
} from './server/service-settings.ts';
export {
  gracefulClose,
  type GracefulCloseOptions,
  runUntilSignal,
  type RunUntilSignalOptions,
  type Stoppable,
} from './shutdown/shutdown.ts';
export { requestSpans, type RequestSpansOptions, runInSpan } from './tracing/request-spans.ts';
