import type { HealthRegistry, HealthReport } from '@cnop/health';
import type { FastifyInstance, FastifyReply } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { answeredUnderPressure } from '../limits/load-shedding.ts';

/** What the plugin `healthRoutes` takes. */
export interface HealthRoutesOptions {
  readonly health: Pick<HealthRegistry, 'liveness' | 'readiness' | 'all'>;
}

/**
 * A plugin with the routes `GET /health/live`, `/health/ready` and `/health` (every check): 200 with the report, 503 when it says
 * `fail`. Public, without limits, and answered under any load.
 */
export const healthRoutes = fastifyPlugin<HealthRoutesOptions>(
  (service: FastifyInstance, { health }, done) => {
    const config = { access: 'public', limits: false, ...answeredUnderPressure } as const;
    const schema = { tags: ['health'] };
    const routes = {
      '/health/live': () => health.liveness(),
      '/health/ready': () => health.readiness(),
      '/health': () => health.all(),
    };

    for (const [path, report] of Object.entries(routes)) {
      service.get(path, { config, schema, logLevel: 'warn' }, async (_request, reply) => answer(reply, await report()));
    }
    done();
  },
  { name: '@cnop/health-routes', fastify: '5.x' },
);

const answer = (reply: FastifyReply, report: HealthReport): HealthReport => {
  reply.code(report.status === 'fail' ? 503 : 200);
  return report;
};
