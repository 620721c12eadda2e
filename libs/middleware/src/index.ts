export { isAccessRule, type AccessRule } from './access/access-rules.ts';
export type { ActiveUsersOptions, UserDirectory } from './access/authentication.ts';
export { findUser, type AccessClaims, type AuthenticatedUser } from './access/access-rules.ts';
export { authentication, type AuthenticationOptions } from './access/authentication.ts';
export { publicKeysPath, publishKeys, type PublishKeysOptions } from './access/signing-keys.ts';
export { generateSigningKey, type SigningAlgorithm } from './access/signing-keys.ts';
export {
  createTokenIssuer,
  type IssuedToken,
  type TokenIssuer,
  type TokenIssuerOptions,
} from './access/token-issuer.ts';
export { createTokenVerifier, type TokenVerifier, type TokenVerifierOptions } from './access/token-verifier.ts';
export { jsonBodies, type JsonBodiesOptions } from './bodies/json-bodies.ts';
export { createService, type Service, type ServiceOptions } from './create-service.ts';
export { databaseObserver, type DatabaseObserverOptions } from './database-observer.ts';
export { healthRoutes, type HealthRoutesOptions } from './health/health-routes.ts';
export { findIdempotencyKey, markReplayed } from './idempotency/idempotency-key.ts';
export { answeredUnderPressure, loadShedding, type LoadSheddingOptions } from './limits/load-shedding.ts';
export { rateLimits, type RateLimitsOptions } from './limits/rate-limits.ts';
export type { Rate, RouteLimits } from './limits/rate-limits.ts';
export { securityHeaders, type SecurityHeadersOptions } from './limits/security-headers.ts';
export { databaseLog } from './database-observer.ts';
export type { LoggingOptions } from './logging/logger-options.ts';
export { redactLine } from './logging/redact.ts';
export { requestLogging } from './logging/request-logging.ts';
export {
  createMetrics,
  type ActionTimer,
  type ActionTimerOptions,
  type MeasuredRequest,
  type Metrics,
  type MetricsOptions,
} from './metrics/metrics.ts';
export { requestMetrics, type RequestMetricsOptions } from './metrics/metrics.ts';
export { openApi, type OpenApiOptions } from './open-api/open-api.ts';
export { zodSchemas } from './open-api/open-api.ts';
export { httpProblems } from './problems/problem-of.ts';
export { problemDetails } from './problems/problem-details.ts';
export { currentRequest, requestScope, type RequestScope } from './scope/request-scope.ts';
export { serve, type Served, type ServeOptions } from './server/serve.ts';
export { serverOptions, type ServerOptions, type ServerTimeouts } from './server/serve.ts';
export {
  serverSettings,
  serviceSettings,
  type ListenOptions,
  type ServerSettings,
  type ServiceSettings,
} from './server/service-settings.ts';
export { gracefulClose, type GracefulCloseOptions } from './shutdown/shutdown.ts';
export { runUntilSignal, type RunUntilSignalOptions, type Stoppable } from './shutdown/shutdown.ts';
export { databaseSpans } from './database-observer.ts';
export { requestSpans, type RequestSpansOptions } from './tracing/request-spans.ts';
export { runInSpan } from './tracing/request-spans.ts';
