import { fastify } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Service, ServiceOptions } from './create-service.ts';
import { healthRoutes } from './health/health-routes.ts';
import { securityHeaders } from './limits/security-headers.ts';
import { singleHeaders } from './limits/single-headers.ts';
import { requestLogging } from './logging/request-logging.ts';
import { requestMetrics } from './metrics/metrics.ts';
import { inputSchemas } from './open-api/input-schemas.ts';
import { zodSchemas } from './open-api/open-api.ts';
import { problemDetails } from './problems/problem-details.ts';
import { requestScope } from './scope/request-scope.ts';
import { serverOptions } from './server/serve.ts';
import { gracefulClose } from './shutdown/shutdown.ts';

/** What {@link createProbeService} takes. */
export type ProbeServiceOptions = Pick<ServiceOptions, 'health' | 'metrics' | 'server' | 'gracefulClose'>;

/**
 * Makes the server of a process that serves no users, such as a worker: `GET /health`, `/health/live`, `/health/ready` and `/metrics`,
 * for anyone who reaches it, and nothing else. There are no users, so a route of your own must be public too.
 *
 * @example
 * const service = await createProbeService({ health, metrics, server: { logging: { name: 'order-worker' } } });
 * await service.listen({ port: 3000 });
 */
export async function createProbeService(options: ProbeServiceOptions): Promise<Service> {
  const service = fastify(serverOptions(options.server)).withTypeProvider<ZodTypeProvider>();

  await service.register(requestScope);
  await service.register(requestLogging);
  await service.register(problemDetails);
  await service.register(singleHeaders);
  await service.register(gracefulClose, options.gracefulClose ?? {});
  await service.register(zodSchemas);
  await service.register(inputSchemas);
  await service.register(requestMetrics, { metrics: options.metrics });
  await service.register(securityHeaders);
  await service.register(healthRoutes, { health: options.health });

  return service;
}
