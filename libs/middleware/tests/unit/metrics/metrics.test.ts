import { sharedErrors } from '@cnop/exceptions';
import { createMetrics, databaseObserver } from '@cnop/middleware';
import { testService } from '../../support/test-service.ts';

const textOf = async ({ registry }: ReturnType<typeof createMetrics>) => await registry.metrics();

describe('createMetrics', () => {
  it('counts requests by method, route pattern and status', async () => {
    const metrics = createMetrics({ processMetrics: false });
    const { service } = await testService({ metrics });
    service.get('/v1/things/:id', { config: { access: 'public' } }, () => ({ ok: true }));

    await service.inject('/v1/things/1');
    await service.inject('/v1/things/2');
    await service.inject('/nowhere');

    const text = (await service.inject('/metrics')).payload;
    expect(text).toContain('cnop_http_requests_total{method="GET",route="/v1/things/:id",status="200"} 2');
    expect(text).toContain('cnop_http_requests_total{method="GET",route="none",status="404"} 1');
    expect(text).toMatch(/cnop_http_request_duration_seconds_count\{.*route="\/v1\/things\/:id".*\} 2/);
  });

  it('counts and times the actions of a service by their labels and outcomes', async () => {
    const metrics = createMetrics({ prefix: 'x_', processMetrics: false });
    const time = metrics.actionTimer({
      counter: 'parcels_total',
      histogram: 'parcel_duration_seconds',
      help: 'Parcels sent',
      labels: ['type'],
    });

    expect(await time({ type: 'LARGE' }, async () => 2, String)).toBe(2);
    await time({ type: 'LARGE' }, async () => 3, String);
    for (const error of [new sharedErrors.DatabaseUnavailableError({}), new Error('bug')]) {
      await expect(time({ type: 'SMALL' }, () => Promise.reject(error), String)).rejects.toBe(error);
    }

    const text = await textOf(metrics);
    for (const [type, outcome] of [
      ['LARGE', '2'],
      ['LARGE', '3'],
      ['SMALL', 'DATABASE_UNAVAILABLE'],
      ['SMALL', 'INTERNAL_ERROR'],
    ]) {
      expect(text).toContain(`x_parcels_total{type="${type}",outcome="${outcome}"} 1`);
      expect(text).toContain(`x_parcel_duration_seconds_count{type="${type}",outcome="${outcome}"} 1`);
    }
    expect(text).toContain('# HELP x_parcels_total Parcels sent.');
  });

  it('counts what a database does: requests, conflicts, retries', async () => {
    const metrics = createMetrics({ processMetrics: false });
    const { onRequest, onRetry } = databaseObserver({ metrics });
    const request = { operation: 'TransactWriteItems', tableNames: ['users'] };

    onRequest?.(request)?.({ outcome: 'conflict', durationMs: 3 });
    onRetry?.({ operation: 'placeOrder', attempt: 1, reason: 'conflict' });
    onRequest?.(request)?.({ outcome: 'ok', durationMs: 4, clockOffsetMs: -250 });

    const text = await textOf(metrics);
    expect(text).toContain('cnop_dynamodb_requests_total{operation="TransactWriteItems",outcome="conflict"} 1');
    expect(text).toContain('cnop_dynamodb_requests_total{operation="TransactWriteItems",outcome="ok"} 1');
    expect(text).toContain('cnop_clock_offset_ms -250');
    expect(text).toContain('cnop_dynamodb_conflicts_total{operation="TransactWriteItems"} 1');
    expect(text).toContain('cnop_dynamodb_retries_total{operation="placeOrder",reason="conflict"} 1');
    expect(text).toContain('cnop_dynamodb_request_duration_seconds_count{operation="TransactWriteItems"} 2');
  });

  it('tells of the process too, unless told not to', async () => {
    expect(await textOf(createMetrics())).toContain('process_cpu');
    expect(await textOf(createMetrics({ processMetrics: false }))).not.toContain('process_cpu');
  });

  it('shows metrics to the roles that are named, if any', async () => {
    const { service, injectAs } = await testService({ metricsAccess: { roles: ['admin'] } });

    expect((await service.inject('/metrics')).statusCode).toBe(401);
    expect((await injectAs({ role: 'admin' }, { url: '/metrics' })).statusCode).toBe(200);
  });
});
