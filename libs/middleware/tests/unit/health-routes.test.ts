import type { HealthReport } from '@cnop/health';
import { testService } from '../support/test-service.ts';

const check = { status: 'pass', latencyMs: 3, checkedAt: '2026-01-01T00:00:00.000Z' } as const;

function fakeHealth(report: HealthReport) {
  return {
    liveness: async () => ({ ...report, checks: { live: check } }),
    readiness: async () => ({ ...report, checks: { ready: check } }),
    all: async () => ({ ...report, checks: { live: check, ready: check } }),
  };
}

describe('healthRoutes', () => {
  it.each([
    ['pass', 200],
    ['warn', 200],
    ['fail', 503],
  ] as const)('answers what is %s with %i', async (status, statusCode) => {
    const { service } = await testService({ health: fakeHealth({ status, checks: {} }) });

    const answers = await Promise.all(['/health/live', '/health/ready', '/health'].map((url) => service.inject(url)));

    expect(answers.map((answer) => answer.statusCode)).toEqual([statusCode, statusCode, statusCode]);
    expect(answers.map((answer) => answer.json<HealthReport>())).toEqual([
      { status, checks: { live: check } },
      { status, checks: { ready: check } },
      { status, checks: { live: check, ready: check } },
    ]);
  });
});
