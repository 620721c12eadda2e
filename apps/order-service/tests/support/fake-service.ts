import { makeOrder } from '@cnop/entities-order/testing';
import type { OrderResult, PlaceOrder } from '@cnop/flow-order';
import type { HealthReport } from '@cnop/health';
import { buildOrderService, type OrderServiceOptions } from '@cnop/order-service';
import type { InjectOptions } from 'fastify';

/** The order service over a flow that answers as it is told. */
export function fakeService(options: Partial<OrderServiceOptions> = {}) {
  const placeOrder = jest.fn<Promise<OrderResult>, [PlaceOrder]>(async () => ({ order: makeOrder(), replayed: false }));
  const readiness = jest.fn(async (): Promise<HealthReport> => ({ status: 'pass', checks: {} }));
  const service = buildOrderService({ flow: { placeOrder }, health: { readiness }, ...options });
  const post = (payload: InjectOptions['payload'], headers: Record<string, string> = {}) =>
    service.inject({
      method: 'POST',
      url: '/orders',
      headers: { 'content-type': 'application/json', ...headers },
      payload: payload as string,
    });

  return { service, placeOrder, readiness, post };
}

/** What a flow rejects with: an error that the type of the fake does not know. */
export const rejection = (error: unknown) => async (): Promise<never> => {
  throw error;
};

export const buy = { username: 'ada', orderType: 'MARKET_BUY', assetId: 'MSFT', quantity: '2' };
