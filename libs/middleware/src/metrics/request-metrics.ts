import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import type { AccessRule } from '../access/access-rule.ts';
import { answeredUnderPressure } from '../limits/load-shedding.ts';
import { whenAnswered } from '../scope/when-answered.ts';
import type { Metrics } from './metrics.ts';

/** What the plugin `requestMetrics` takes. */
export interface RequestMetricsOptions {
  readonly metrics: Metrics;
  /** Who may read the metrics. Default `public`: keep the path from strangers at the proxy, or name a role. */
  readonly access?: AccessRule;
}

/** A plugin that counts every request and answers `GET /metrics` with all metrics, in the text format of Prometheus. */
export const requestMetrics = fastifyPlugin<RequestMetricsOptions>(
  (service: FastifyInstance, { metrics, access = 'public' }, done) => {
    whenAnswered(service, ({ request: { method }, reply, route, durationMs }) => {
      metrics.countRequest({ method, route, status: reply.statusCode, durationMs });
    });
    service.get(
      '/metrics',
      { config: { access, limits: false, ...answeredUnderPressure }, logLevel: 'warn', schema: { hide: true } },
      async (_request, reply) => {
        reply.type(metrics.registry.contentType);
        return await metrics.registry.metrics();
      },
    );
    done();
  },
  { name: '@cnop/request-metrics', fastify: '5.x' },
);
