import { OrderType, orderTypeSchema, sideOf } from '@cnop/entities-order';

describe(sideOf, () => {
  it.each(Object.values(OrderType))('takes the side that the name %s ends in', (orderType) => {
    expect(orderType.endsWith(`_${sideOf(orderType)}`)).toBe(true);
  });

  it('knows six kinds of order for each side', () => {
    const sides = Object.values(OrderType).map(sideOf);

    expect(sides.filter((side) => side === 'BUY')).toHaveLength(6);
    expect(sides.filter((side) => side === 'SELL')).toHaveLength(6);
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
