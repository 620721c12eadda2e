import { OrderType, orderTypeSchema, sideOf } from '@cnop/entities-order';

describe(sideOf, () => {
  it.each(Object.values(OrderType))('takes the side that the name %s ends in', (orderType) => {
    expect(orderType.endsWith(`_${sideOf(orderType)}`)).toBe(true);
  });

  it('knows five kinds of order for each side', () => {
    const sides = Object.values(OrderType).map(sideOf);

    expect(sides.filter((side) => side === 'BUY')).toHaveLength(5);
    expect(sides.filter((side) => side === 'SELL')).toHaveLength(5);
  });
});

describe('orderTypeSchema', () => {
  it.each(Object.values(OrderType))('accepts %s', (orderType) => {
    expect(orderTypeSchema.parse(orderType)).toBe(orderType);
  });

  it.each(['market_buy', 'MARKET', '', undefined])('refuses %p', (value) => {
    expect(orderTypeSchema.safeParse(value).success).toBe(false);
  });
});
