import { orderDraftSchema, OrderType, type OrderDraft } from '@cnop/entities-order';
import { makeOrderDraft } from '@cnop/entities-order/testing';
import { MAX_MINOR } from '@cnop/utils';

const pathsOf = (draft: object) => orderDraftSchema.safeParse(draft).error?.issues.map(({ path }) => path.join('.'));

describe('orderDraftSchema', () => {
  it.each(Object.values(OrderType))('accepts a %s', (orderType) => {
    const draft = makeOrderDraft({ orderType });

    expect(orderDraftSchema.parse(draft)).toStrictEqual(draft);
  });

  it('accepts everything that an order may carry', () => {
    const draft = makeOrderDraft({
      clientOrderId: 'order-1',
      maxPriceMinor: 15_100n,
      note: 'for the pension',
      metadata: { strategy: 'momentum' },
    });

    expect(orderDraftSchema.parse(draft)).toStrictEqual(draft);
  });

  it.each<Partial<OrderDraft>>([
    { orderType: 'MARKET_BUY', maxPriceMinor: 1n },
    { orderType: 'LIMIT_BUY', maxPriceMinor: 1n },
    { orderType: 'MARKET_SELL', minPriceMinor: 1n },
    { orderType: 'LIMIT_SELL', minPriceMinor: 1n },
  ])('accepts the bound of the side: %p', (change) => {
    const draft = makeOrderDraft(change);

    expect(orderDraftSchema.parse(draft)).toStrictEqual(draft);
  });

  it.each<[string, Partial<OrderDraft>]>([
    ['A limit order needs its limit price.', { orderType: 'LIMIT_BUY', limitPriceMinor: undefined }],
    ['A market order has no limit price.', { orderType: 'MARKET_BUY', limitPriceMinor: 1n }],
    ['Only a buy has a maximum price.', { orderType: 'MARKET_SELL', maxPriceMinor: 1n }],
    ['Only a sell has a minimum price.', { orderType: 'MARKET_BUY', minPriceMinor: 1n }],
  ])('says: %s', (message, change) => {
    const { error } = orderDraftSchema.safeParse(makeOrderDraft(change));

    expect(error?.issues).toMatchObject([{ message }]);
  });

  it.each<[string, Partial<OrderDraft>]>([
    ['limitPriceMinor', { orderType: 'LIMIT_BUY', limitPriceMinor: undefined }],
    ['limitPriceMinor', { orderType: 'LIMIT_SELL', limitPriceMinor: undefined }],
    ['limitPriceMinor', { orderType: 'MARKET_BUY', limitPriceMinor: 1n }],
    ['maxPriceMinor', { orderType: 'MARKET_SELL', maxPriceMinor: 1n }],
    ['minPriceMinor', { orderType: 'MARKET_BUY', minPriceMinor: 1n }],
    ['quantityMinor', { quantityMinor: 0n }],
    ['quantityMinor', { quantityMinor: MAX_MINOR + 1n }],
    ['quantityScale', { quantityScale: 19 }],
    ['priceScale', { priceScale: -1 }],
    ['currencyScale', { currencyScale: 1.5 }],
    ['note', { note: 'x'.repeat(501) }],
  ])('names %s when it is refused', (path, change) => {
    expect(pathsOf(makeOrderDraft(change))).toEqual([path]);
  });

  it('refuses a currency at another scale than that of ISO 4217', () => {
    const { error } = orderDraftSchema.safeParse(makeOrderDraft({ currency: 'USD', currencyScale: 3 }));

    expect(error?.issues).toMatchObject([
      { path: ['currencyScale'], message: expect.stringContaining('ISO 4217') as string },
    ]);
    expect(orderDraftSchema.safeParse(makeOrderDraft({ currency: 'JPY', currencyScale: 0 })).success).toBe(true);
  });

  it('refuses what is given when the order is created', () => {
    expect(orderDraftSchema.safeParse({ ...makeOrderDraft(), status: 'COMPLETED' }).success).toBe(false);
  });
});
