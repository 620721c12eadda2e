import type { OrderCreate, OrderDraft } from '../order-request.ts';
import { OrderStatus } from '../order-status.ts';
import type { Order, OrderFill } from '../order.ts';

/** A valid fill: by default 10 at 150.25, at scales 0 and 2. A changed price or quantity wants its notional changed too. */
export function makeFill(overrides: Partial<OrderFill> = {}): OrderFill {
  return {
    transactionId: '01KE6X5Z3V7Q2M9T4B8N1C0DFG',
    priceMinor: 15_025n,
    quantityMinor: 10n,
    notionalMinor: 150_250n,
    executedAt: '2026-01-05T09:30:00.000Z',
    ...overrides,
  };
}

type CreateOf<TType extends OrderCreate['orderType']> = Extract<OrderCreate, { orderType: TType }>;

/** A valid request: by default a market buy of 10 AAPL. A limit order gets a limit price of 140.00 USD, unless one is given. */
export function makeOrderCreate<TType extends OrderCreate['orderType'] = 'MARKET_BUY'>(
  overrides: Partial<CreateOf<TType>> & { orderType?: TType } = {},
): CreateOf<TType> {
  const isLimit = overrides.orderType?.startsWith('LIMIT_') === true;

  return {
    orderType: 'MARKET_BUY',
    assetId: 'AAPL',
    quantity: '10',
    ...(isLimit ? { limitPrice: '140.00' } : {}),
    ...overrides,
  } as CreateOf<TType>;
}

/** A valid draft: by default a market buy of 10 AAPL. A limit order gets a limit price of 140.00 USD, unless one is given. */
export function makeOrderDraft(overrides: Partial<OrderDraft> = {}): OrderDraft {
  const isLimit = overrides.orderType?.startsWith('LIMIT_') === true;

  return {
    owner: 'alice',
    orderType: 'MARKET_BUY',
    assetId: 'AAPL',
    currency: 'USD',
    quantityMinor: 10n,
    quantityScale: 0,
    priceScale: 2,
    currencyScale: 2,
    ...(isLimit ? { limitPriceMinor: 14_000n } : {}),
    ...overrides,
  };
}

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
