import { orderCreateSchema, orderDraftSchema, orderFillSchema, orderSchema, OrderStatus } from '@cnop/entities-order';
import { makeFill, makeOrder, makeOrderCreate, makeOrderDraft } from '@cnop/entities-order/testing';
import { multiplyAmounts } from '@cnop/utils';

describe(makeOrder, () => {
  it.each(Object.values(OrderStatus))('makes a valid %s order', (status) => {
    const order = makeOrder({ status });

    expect(orderSchema.parse(order)).toStrictEqual(order);
    expect(order.fills).toHaveLength(status === 'COMPLETED' ? 1 : 0);
  });

  it('lets a test set what matters to it', () => {
    expect(makeOrder({ owner: 'bob', heldMinor: 5n })).toMatchObject({ owner: 'bob', heldMinor: 5n });
  });
});

describe(makeFill, () => {
  it('makes a valid fill whose amounts agree', () => {
    const fill = makeFill();

    expect(orderFillSchema.parse(fill)).toStrictEqual(fill);
    expect(multiplyAmounts({ ...fill, priceScale: 2, quantityScale: 0, resultScale: 2, rounding: 'up' })).toBe(
      fill.notionalMinor,
    );
  });
});

describe(makeOrderDraft, () => {
  it.each(['MARKET_BUY', 'MARKET_SELL', 'LIMIT_BUY', 'LIMIT_SELL'] as const)('makes a valid %s', (orderType) => {
    expect(orderDraftSchema.parse(makeOrderDraft({ orderType })).orderType).toBe(orderType);
  });
});

describe(makeOrderCreate, () => {
  it('makes a valid market buy unless told otherwise', () => {
    expect(orderCreateSchema.parse(makeOrderCreate()).orderType).toBe('MARKET_BUY');
  });

  it.each(['MARKET_BUY', 'MARKET_SELL', 'LIMIT_BUY', 'LIMIT_SELL'] as const)('makes a valid %s', (orderType) => {
    expect(orderCreateSchema.parse(makeOrderCreate({ orderType })).orderType).toBe(orderType);
  });
});
