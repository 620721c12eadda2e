import { createHealthRegistry } from '@cnop/health';
import { createMetrics, createProbeService } from '@cnop/middleware';
import { logLines } from '../support/log-lines.ts';

const open = async () => {
  const health = createHealthRegistry();
  const metrics = createMetrics({ processMetrics: false });
  const { stream } = logLines();

  return { health, service: await createProbeService({ health, metrics, server: { logging: { stream } } }) };
};

describe('createProbeService', () => {
  it('has the routes of health and metrics, without a token, and no other', async () => {
    const { service } = await open();
    const urls = ['/health', '/health/live', '/health/ready', '/metrics', '/openapi.json', '/v1/orders'];

    const statuses = await Promise.all(urls.map(async (url) => (await service.inject(url)).statusCode));

    expect(statuses).toEqual([200, 200, 200, 200, 404, 404]);
    await service.close();
  });

  it('is not ready while a check fails, and counts what was asked', async () => {
    const { service, health } = await open();
    health.register({ name: 'worker', check: () => ({ status: 'fail', message: 'NOT_POLLED' }) });

    const ready = await service.inject('/health/ready');
    const live = await service.inject('/health/live');
    const metrics = await service.inject('/metrics');

    expect([ready.statusCode, ready.json<object>()]).toMatchObject([
      503,
      { checks: { worker: { message: 'NOT_POLLED' } } },
    ]);
    expect(live.statusCode).toBe(200);
    expect(metrics.body).toContain('cnop_http_requests_total{method="GET",route="/health/ready",status="503"} 1');
    await service.close();
  });

  it('refuses a parameter that nothing knows, as a problem', async () => {
    const { service } = await open();

    const answer = await service.inject('/health?verbose=1');

    expect([answer.statusCode, answer.json<object>()]).toMatchObject([400, { code: 'VALIDATION_FAILED' }]);
    await service.close();
  });
});
