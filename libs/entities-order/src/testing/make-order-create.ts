import type { OrderCreate } from '../order-create.ts';

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
