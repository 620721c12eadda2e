import type { Database } from '@cnop/database-core';
import { createOrderService, checkTables } from '@cnop/order-service';
import { createMetrics } from '@cnop/middleware';
import { buyTwo } from '../support/order-app.ts';
import { useTestTables } from '../support/test-tables.ts';

const { database } = useTestTables();

describe('the order service without its tables', () => {
  it('is not ready, and tells nothing but that an order failed', async () => {
    const nowhere: Database = {
      ...database,
      prepared: new Map(),
      tableName: (name: string) => `${database.tableName(name)}-gone`,
    };
    const user = { username: 'ada', role: 'customer', sessionEpoch: 0, tokenId: 't', expiresAt: new Date() };
    const service = await createOrderService({
      database: nowhere,
      health: checkTables(nowhere),
      metrics: createMetrics({ processMetrics: false }),
      authentication: { verifier: { verify: async () => user }, users: { isActive: async () => true } },
      server: { logging: false },
      loadShedding: { maxEventLoopDelayMs: Infinity },
    });

    const health = await service.inject('/health/ready');
    const order = await service.inject({
      method: 'POST',
      url: '/v1/orders',
      headers: { authorization: 'Bearer any' },
      payload: buyTwo,
    });

    expect(health.statusCode).toBe(503);
    expect(health.json()).toMatchObject({ status: 'fail' });
    expect(order.statusCode).toBe(500);
    expect(order.json()).toMatchObject({ code: 'INTERNAL_ERROR', retryable: false });
    expect(order.json()).not.toHaveProperty('details');
    expect(order.payload).not.toContain('gone');
    await service.close();
  });
});
