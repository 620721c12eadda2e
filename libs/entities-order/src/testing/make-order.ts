import { OrderStatus } from '../order-status.ts';
import type { Order } from '../order.ts';
import { makeFill } from './make-fill.ts';

/**
 * A valid order: by default a completed market buy of 10 AAPL at 150.25 USD, executed in one fill.
 *
 * Given another status it has no fills, unless they are given too.
 */
export function makeOrder(overrides: Partial<Order> = {}): Order {
  const status = overrides.status ?? OrderStatus.COMPLETED;

  return {
    orderId: '0190f1d4-5c3e-7a10-8b2f-3d6c1e5a9b70',
    owner: 'alice',
    orderType: 'MARKET_BUY',
    status,
    assetId: 'AAPL',
    currency: 'USD',
    quantityMinor: 10n,
    quantityScale: 0,
    priceScale: 2,
    currencyScale: 2,
    fills: status === OrderStatus.COMPLETED ? [makeFill()] : [],
    heldMinor: 0n,
    createdAt: '2026-01-05T09:30:00.000Z',
    updatedAt: '2026-01-05T09:30:00.000Z',
    version: 1,
    ...overrides,
  };
}
