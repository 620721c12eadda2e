import { createHealthRegistry, type HealthReport } from '@cnop/health';
import { testService } from '../../support/test-service.ts';

describe('healthRoutes', () => {
  it.each([
    ['pass', 200],
    ['warn', 200],
    ['fail', 503],
  ] as const)('returns the report of a service that is %s: %i', async (status, statusCode) => {
    const report = { status, checks: {} };
    const health = { liveness: async () => report, readiness: async () => report, all: async () => report };
    const { service } = await testService({ health });

    for (const url of ['/health', '/health/live', '/health/ready']) {
      const answer = await service.inject(url);
      expect([url, answer.statusCode, answer.json()]).toEqual([url, statusCode, report]);
    }
  });

  it('shows what each check found, and how long it took', async () => {
    const health = createHealthRegistry();
    health.register({ name: 'store', check: async () => ({ status: 'warn', message: 'SLOW' }) });
    const { service } = await testService({ health });

    const report = (await service.inject('/health')).json<HealthReport>();

    expect(report).toEqual({
      status: 'warn',
      checks: {
        store: {
          status: 'warn',
          message: 'SLOW',
          latencyMs: expect.any(Number) as number,
          checkedAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        },
      },
    });
  });
});
