import { orderCreateSchema, OrderType, type OrderCreate } from '@cnop/entities-order';
import { makeOrderCreate } from '@cnop/entities-order/testing';

const kinds: OrderCreate[] = [
  makeOrderCreate({ maxPrice: '151.00', clientOrderId: 'order-1' }),
  makeOrderCreate({ orderType: 'MARKET_SELL', minPrice: '149.5' }),
  makeOrderCreate({ orderType: 'LIMIT_BUY', limitPrice: '140' }),
  makeOrderCreate({ orderType: 'LIMIT_SELL', quantity: '0.5' }),
];

describe('orderCreateSchema', () => {
  it.each(kinds)('accepts a $orderType as it is', (create) => {
    expect(orderCreateSchema.parse(create)).toStrictEqual(create);
  });

  it.each<[string, object]>([
    ['an owner', { owner: 'mallory' }],
    ['a status', { status: 'COMPLETED' }],
    ['an unknown field', { leverage: '10' }],
    ['a minimum price on a buy', { minPrice: '1' }],
    ['a limit price on a market order', { limitPrice: '1' }],
    ['a quantity of zero', { quantity: '0.00' }],
    ['a negative quantity', { quantity: '-1' }],
    ['a quantity in exponent form', { quantity: '1e3' }],
    ['a quantity that is a JSON number', { quantity: 10 }],
    ['a maximum price of zero', { maxPrice: '0' }],
    ['an asset id that is a currency', { assetId: 'USD' }],
    ['an asset id that would forge a key', { assetId: 'A#B' }],
    ['a client order id of 65 characters', { clientOrderId: 'x'.repeat(65) }],
    ['a client order id with a space', { clientOrderId: 'order 1' }],
    ['no order type', { orderType: undefined }],
  ])('refuses %s', (_, change) => {
    expect(orderCreateSchema.safeParse({ ...makeOrderCreate(), ...change }).success).toBe(false);
  });

  it('names the order types when it refuses one', () => {
    const { error } = orderCreateSchema.safeParse({ ...makeOrderCreate(), orderType: 'BUY' });

    expect(error?.issues).toMatchObject([
      { path: ['orderType'], message: `Use one of ${Object.values(OrderType).join(', ')}.` },
    ]);
    expect(orderCreateSchema.safeParse('BUY').error?.issues).toMatchObject([{ path: [], code: 'invalid_type' }]);
  });

  it.each(['LIMIT_BUY', 'LIMIT_SELL'] as const)('refuses a %s without its limit', (orderType) => {
    expect(orderCreateSchema.safeParse(makeOrderCreate({ orderType, limitPrice: undefined })).success).toBe(false);
  });

  it.each(['maxPrice', 'minPrice'])('refuses %s on a limit order', (bound) => {
    const create = { ...makeOrderCreate({ orderType: 'LIMIT_BUY' }), [bound]: '1' };

    expect(orderCreateSchema.safeParse(create).success).toBe(false);
  });
});

describe('ancestor fault 7: a client-sent price on a market order', () => {
  it.each(['MARKET_BUY', 'MARKET_SELL'] as const)('is refused on a %s', (orderType) => {
    expect(orderCreateSchema.safeParse({ ...makeOrderCreate({ orderType }), price: '0.01' }).success).toBe(false);
  });
});

describe('ancestor fault 10: floats for price and quantity', () => {
  it.each(['quantity', 'maxPrice'])('refuses a JSON number as %s', (field) => {
    expect(orderCreateSchema.safeParse({ ...makeOrderCreate(), [field]: 0.1 }).success).toBe(false);
  });
});
