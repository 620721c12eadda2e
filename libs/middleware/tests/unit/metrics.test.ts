import { InsufficientFundsError } from '@cnop/exceptions';
import { createMetrics, databaseObserver } from '@cnop/middleware';
import { testService } from '../support/test-service.ts';

const open = { config: { access: 'public' } } as const;
const tableNames = ['orders'];

describe('requestMetrics', () => {
  it('counts requests by method, pattern of the route and status', async () => {
    const { service } = await testService();
    service.get('/v1/orders/:orderId', open, () => ({}));

    for (const url of ['/v1/orders/1', '/v1/orders/2', '/nowhere/1', '/nowhere/2']) await service.inject(url);
    const answer = await service.inject('/metrics');

    expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0.0.4/);
    const orders = 'method="GET",route="/v1/orders/:orderId",status="200"';
    expect(answer.body).toContain(`cnop_http_requests_total{${orders}} 2\n`);
    expect(answer.body).toContain('cnop_http_requests_total{method="GET",route="none",status="404"} 2\n');
    expect(answer.body).toContain(`cnop_http_request_duration_seconds_count{${orders}} 2\n`);
    expect(answer.body).not.toContain('/nowhere');
  });

  it('may be kept for a role', async () => {
    const { service, injectAs } = await testService({ metricsAccess: { roles: ['ADMIN'] } });

    expect((await service.inject('/metrics')).statusCode).toBe(401);
    expect((await injectAs({ role: 'ADMIN' }, { url: '/metrics' })).statusCode).toBe(200);
  });
});

describe('createMetrics', () => {
  it('counts what a database does', async () => {
    const metrics = createMetrics({ processMetrics: false });
    const { onRequest, onRetry } = databaseObserver({ metrics });

    onRequest?.({ operation: 'TransactWriteItems', tableNames })?.({ outcome: 'conflict', durationMs: 12 });
    onRetry?.({ operation: 'placeOrder', attempt: 1, reason: 'conflict' });
    onRequest?.({ operation: 'TransactWriteItems', tableNames })?.({ outcome: 'ok', durationMs: 4 });

    const text = await metrics.registry.metrics();
    expect(text).toContain('cnop_dynamodb_requests_total{operation="TransactWriteItems",outcome="ok"} 1\n');
    expect(text).toContain('cnop_dynamodb_requests_total{operation="TransactWriteItems",outcome="conflict"} 1\n');
    expect(text).toContain('cnop_dynamodb_conflicts_total{operation="TransactWriteItems"} 1\n');
    expect(text).toContain('cnop_dynamodb_retries_total{operation="placeOrder",reason="conflict"} 1\n');
    expect(text).toContain('cnop_dynamodb_request_duration_seconds_sum{operation="TransactWriteItems"} 0.016\n');
    expect(text).toContain(
      'cnop_dynamodb_request_duration_seconds_bucket{le="0.005",operation="TransactWriteItems"} 1\n',
    );
  });

  it('counts orders by what became of them, and changes none of it', async () => {
    const { timeOrder, registry } = createMetrics({ prefix: 'shop_', processMetrics: false });
    const refusal = new InsufficientFundsError({ code: 'USD', available: '1.00', required: '2.00' });
    const placed = { replayed: false, orderId: 'o-1' };

    expect(await timeOrder('MARKET_BUY', async () => placed)).toBe(placed);
    await timeOrder('MARKET_BUY', async () => ({ replayed: true }));
    await expect(timeOrder('MARKET_SELL', () => Promise.reject(refusal))).rejects.toBe(refusal);
    await expect(timeOrder('MARKET_SELL', () => Promise.reject(new Error('bug')))).rejects.toThrow('bug');

    const text = await registry.metrics();
    expect(text.match(/^shop_orders_total.*/gm)).toEqual([
      'shop_orders_total{type="MARKET_BUY",outcome="placed"} 1',
      'shop_orders_total{type="MARKET_BUY",outcome="replayed"} 1',
      'shop_orders_total{type="MARKET_SELL",outcome="BALANCE_INSUFFICIENT"} 1',
      'shop_orders_total{type="MARKET_SELL",outcome="INTERNAL_ERROR"} 1',
    ]);
    expect(text).toContain('shop_order_duration_seconds_count{type="MARKET_BUY",outcome="placed"} 1\n');
  });

  it('tells of the process too, and any number of registries stand side by side', async () => {
    const [first, second] = [createMetrics(), createMetrics()];

    expect(await first.registry.metrics()).toContain('process_resident_memory_bytes');
    expect(await second.registry.metrics()).toContain('nodejs_eventloop_lag_seconds');
  });
});
