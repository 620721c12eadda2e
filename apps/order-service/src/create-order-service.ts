import { getOrderDao } from '@cnop/dao-order';
import type { Database } from '@cnop/database-core';
import { createOrderFlow, type OrderFlowOptions } from '@cnop/flow-order';
import { createService, type Service, type ServiceOptions } from '@cnop/middleware';
import { orderRoutes, type OrderRoutesOptions } from './order-routes.ts';

/** What the order service is made of. */
export interface OrderServiceOptions extends Omit<ServiceOptions, 'openApi' | 'metrics'> {
  readonly database: Database;
  readonly metrics: ServiceOptions['metrics'] & OrderRoutesOptions['metrics'];
  readonly flow?: Omit<OrderFlowOptions, 'database'>;
}

/** Makes the order service: `/v1/orders`, and what every service has. */
export async function createOrderService({ database, flow, ...options }: OrderServiceOptions): Promise<Service> {
  const service = await createService({ ...options, openApi: { title: 'CNOP orders', version: '1.0.0' } });

  await service.register(orderRoutes, {
    flow: createOrderFlow({ ...flow, database }),
    orders: getOrderDao(database),
    metrics: options.metrics,
  });
  return service;
}
