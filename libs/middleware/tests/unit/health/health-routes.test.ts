import { createHealthRegistry } from '@cnop/health';
import { testService } from '../../support/test-service.ts';

describe('healthRoutes', () => {
  it.each([
    ['pass', 200],
    ['warn', 200],
    ['fail', 503],
  ] as const)('answers with the report of a service that is %s: %i', async (status, statusCode) => {
    const report = { status, checks: {} };
    const health = { liveness: async () => report, readiness: async () => report, all: async () => report };
    const { service } = await testService({ health });

    for (const url of ['/health', '/health/live', '/health/ready']) {
      const answer = await service.inject(url);
      expect([url, answer.statusCode, answer.json()]).toEqual([url, statusCode, report]);
    }
  });

  it('shows each check with its latency', async () => {
    const health = createHealthRegistry();
    health.register({ name: 'store', kinds: ['readiness'], check: async () => undefined } as never);
    const { service } = await testService({ health });

    const report = (await service.inject('/health')).json<{ checks: Record<string, object> }>();

    expect(JSON.stringify(report.checks)).toContain('store');
    expect(JSON.stringify(report.checks)).toMatch(/[dD]uration|[lL]atency|Ms/);
  });
});
