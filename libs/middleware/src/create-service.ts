import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Tracer } from '@opentelemetry/api';
import { fastify, type FastifyBaseLogger, type FastifyInstance, type RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { authentication, type AuthenticationOptions } from './access/authentication.ts';
import { jsonBodies } from './bodies/json-bodies.ts';
import { healthRoutes, type HealthRoutesOptions } from './health/health-routes.ts';
import { loadShedding, type LoadSheddingOptions } from './limits/load-shedding.ts';
import { forwardedFor } from './limits/forwarded-for.ts';
import { rateLimits, type RateLimitsOptions } from './limits/rate-limits.ts';
import { singleHeaders } from './limits/single-headers.ts';
import { securityHeaders, type SecurityHeadersOptions } from './limits/security-headers.ts';
import { requestLogging } from './logging/request-logging.ts';
import { requestMetrics, type RequestMetricsOptions } from './metrics/metrics.ts';
import { inputSchemas } from './open-api/input-schemas.ts';
import { openApi, type OpenApiOptions, zodSchemas } from './open-api/open-api.ts';
import { problemDetails } from './problems/problem-details.ts';
import { requestScope } from './scope/request-scope.ts';
import { serverOptions, type ServerOptions } from './server/serve.ts';
import { gracefulClose, type GracefulCloseOptions } from './shutdown/shutdown.ts';
import { requestSpans } from './tracing/request-spans.ts';

/** A Fastify server whose routes describe themselves by zod schemas. */
export type Service = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What {@link createService} takes. */
export interface ServiceOptions {
  readonly openApi: OpenApiOptions;
  readonly authentication: AuthenticationOptions;
  readonly health: HealthRoutesOptions['health'];
  readonly metrics: RequestMetricsOptions['metrics'];
  /** Who may read the metrics. Default `public`. */
  readonly metricsAccess?: RequestMetricsOptions['access'];
  /** Where there is none, nothing is done for tracing. */
  readonly tracer?: Tracer;
  readonly server?: ServerOptions;
  readonly rateLimits?: RateLimitsOptions;
  readonly loadShedding?: LoadSheddingOptions;
  readonly securityHeaders?: SecurityHeadersOptions;
  readonly gracefulClose?: GracefulCloseOptions;
}

/**
 * Makes a service: a Fastify server with all plugins of this package in the order in which they belong. Add the routes to it, each
 * with its `config.access` and the schemas of its query and body, then let it listen.
 *
 * A request meets them so: id, log, span, count, headers, load, limit of its address, access, limit of its user, body, schema, handler.
 *
 * @example
 * const service = await createService({ openApi: { title: 'Orders', version: '1.0.0' }, authentication, health, metrics });
 * const schema = { querystring: noQuery, response: { 200: orderListSchema } };
 * service.get('/v1/orders', { config: { access: 'authenticated' }, schema }, ({ user }) => orders.listOrders(user.username));
 */
export async function createService(options: ServiceOptions): Promise<Service> {
  const service = fastify(serverOptions(options.server)).withTypeProvider<ZodTypeProvider>();

  await service.register(forwardedFor);
  await service.register(requestScope);
  await service.register(requestLogging);
  await service.register(problemDetails);
  await service.register(singleHeaders);
  if (options.tracer) await service.register(requestSpans, { tracer: options.tracer });
  await service.register(gracefulClose, options.gracefulClose ?? {});
  await service.register(zodSchemas);
  await service.register(inputSchemas);
  await service.register(jsonBodies);
  await service.register(openApi, options.openApi);
  await service.register(requestMetrics, { metrics: options.metrics, access: options.metricsAccess });
  await service.register(securityHeaders, options.securityHeaders ?? {});
  await service.register(loadShedding, options.loadShedding ?? {});
  await service.register(rateLimits, options.rateLimits ?? {});
  await service.register(authentication, options.authentication);
  await service.register(healthRoutes, { health: options.health });

  return service;
}
