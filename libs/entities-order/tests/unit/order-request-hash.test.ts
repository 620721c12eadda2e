import { orderRequestHash, type OrderRequest } from '@cnop/entities-order';
import { makeOrderDraft } from '@cnop/entities-order/testing';

const request: OrderRequest = { orderType: 'MARKET_BUY', assetId: 'AAPL', quantityMinor: 10n, maxPriceMinor: 15_100n };

describe(orderRequestHash, () => {
  it('never changes: a repeat must match what earlier releases stored', () => {
    expect(orderRequestHash('alice', request)).toBe('7ba7pBaRGEoZORCZUqzJvO6U8_RxvaxIZ345Vioo-_s');
  });

  it.each<[string, Partial<OrderRequest>]>([
    ['order type', { orderType: 'MARKET_SELL' }],
    ['asset', { assetId: 'MSFT' }],
    ['quantity', { quantityMinor: 11n }],
    ['limit price', { limitPriceMinor: 1n }],
    ['maximum price', { maxPriceMinor: undefined }],
    ['minimum price', { minPriceMinor: 1n }],
  ])('depends on the %s', (_, change) => {
    expect(orderRequestHash('alice', { ...request, ...change })).not.toBe(orderRequestHash('alice', request));
  });

  it('depends on the user', () => {
    expect(orderRequestHash('bob', request)).not.toBe(orderRequestHash('alice', request));
  });

  it('does not take one price bound for another', () => {
    const { maxPriceMinor, ...unbounded } = request;

    expect(orderRequestHash('alice', { ...unbounded, minPriceMinor: maxPriceMinor })).not.toBe(
      orderRequestHash('alice', request),
    );
  });

  it('ignores whatever else a draft carries', () => {
    const draft = makeOrderDraft({ maxPriceMinor: 15_100n, note: 'for the pension', clientOrderId: 'order-1' });

    expect(orderRequestHash('alice', draft)).toBe(orderRequestHash('alice', request));
  });
});
