import { OrderDao } from '@cnop/dao-order';
import type { Database } from '@cnop/database-core';
import { createOrderFlow } from '@cnop/flow-order';
import { createMetrics, createService } from '@cnop/middleware';
import { checkTables } from '@cnop/middleware/service';
import { orderRoutes } from '@cnop/order-service';
import { buyTwo } from '../support/order-app.ts';
import { shapes, useTestTables } from '../support/test-tables.ts';

const { database } = useTestTables();

describe('the order service without its tables', () => {
  it('is not ready, and tells nothing but that an order failed', async () => {
    const nowhere: Database = {
      ...database,
      prepared: new Map(),
      tableName: (name: string) => `${database.tableName(name)}-gone`,
    };
    const user = { username: 'ada', role: 'customer', sessionEpoch: 0, tokenId: 't', expiresAt: new Date() };
    const metrics = createMetrics({ processMetrics: false });
    const service = await createService({
      openApi: { title: 'Orders', version: '1.0.0' },
      health: checkTables(nowhere, shapes),
      metrics,
      authentication: { verifier: { verify: async () => user }, users: { isActive: async () => true } },
      server: { logging: false },
      loadShedding: { maxEventLoopDelayMs: Infinity },
    });
    await service.register(orderRoutes, {
      flow: createOrderFlow({ database: nowhere }),
      orders: new OrderDao({ database: nowhere }),
      metrics,
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

describe('the order service with the names of two tables mixed up', () => {
  it('is not ready, and says which table has no index', async () => {
    const others = new Map([
      ['orders', 'ledger'],
      ['ledger', 'orders'],
    ]);
    const mixed: Database = { ...database, tableName: (name) => database.tableName(others.get(name) ?? name) };
    const right = await checkTables(database, shapes).readiness();

    const { status, checks } = await checkTables(mixed, shapes).readiness();

    expect(right.status).toBe('pass');
    expect(status).toBe('fail');
    expect(checks[`dynamodb:${database.tableName('ledger')}`]).toMatchObject({ message: 'INDEX_MISSING' });
  });
});
