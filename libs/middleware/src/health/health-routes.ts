import type { HealthRegistry, HealthReport } from '@cnop/health';
import type { FastifyInstance, FastifyReply } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import * as z from 'zod';
import { answeredUnderPressure } from '../limits/load-shedding.ts';
import { noQuery } from '../open-api/input-schemas.ts';

const statusSchema = z.enum(['pass', 'warn', 'fail']);

const checkResultSchema = z.object({
  status: statusSchema,
  latencyMs: z.number().nonnegative().describe('How long the check took; its time-out when it did not end.'),
  checkedAt: z.iso.datetime().describe('When the check was started.'),
  message: z.string().optional().describe('A code: of the error, or what the check itself said.'),
});

/** The report of `GET /health` and its like, for the OpenAPI document. */
const healthReportSchema: z.ZodType<HealthReport> = z
  .object({
    status: statusSchema.describe('The worst status among the checks, `pass` when there is none.'),
    checks: z.record(z.string(), checkResultSchema).describe('What each check found, by its name.'),
  })
  .meta({ title: 'HealthReport' });

/** What the plugin `healthRoutes` takes. */
export interface HealthRoutesOptions {
  readonly health: Pick<HealthRegistry, 'liveness' | 'readiness' | 'all'>;
}

/**
 * A plugin with the routes `GET /health/live`, `/health/ready` and `/health` (every check): 200 with the report, 503 when it says
 * `fail`. Public, without limits, and answered under any load. Needs the plugin `zodSchemas`.
 */
export const healthRoutes = fastifyPlugin<HealthRoutesOptions>(
  (service: FastifyInstance, { health }, done) => {
    const config = { access: 'public', limits: false, ...answeredUnderPressure } as const;
    const routes = [
      {
        path: '/health/live',
        operationId: 'getLiveness',
        summary: 'Says that the process runs.',
        report: () => health.liveness(),
      },
      {
        path: '/health/ready',
        operationId: 'getReadiness',
        summary: 'Says whether it can do its work.',
        report: () => health.readiness(),
      },
      {
        path: '/health',
        operationId: 'getHealth',
        summary: 'Says what each check found, and how long it took.',
        report: () => health.all(),
      },
    ];

    for (const { path, operationId, summary, report } of routes) {
      const schema = { tags: ['health'], operationId, summary, querystring: noQuery, response };
      service.get(path, { config, schema, logLevel: 'warn' }, async (_request, reply) => answer(reply, await report()));
    }
    done();
  },
  { name: '@cnop/health-routes', fastify: '5.x', dependencies: ['@cnop/zod-schemas'] },
);

const response = {
  200: healthReportSchema,
  503: healthReportSchema.describe('At least one check fails.'),
};

const answer = (reply: FastifyReply, report: HealthReport): HealthReport => {
  reply.code(report.status === 'fail' ? 503 : 200);
  return report;
};
