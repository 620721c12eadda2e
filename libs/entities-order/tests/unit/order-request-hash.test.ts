import { orderRequestHash, requestFieldsOf, type OrderRequest } from '@cnop/entities-order';
import { makeOrderCreate, makeOrderDraft } from '@cnop/entities-order/testing';

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
    ['note', { note: 'for the pension' }],
    ['metadata', { metadata: { desk: 'north' } }],
  ])('depends on the %s', (_, change) => {
    expect(orderRequestHash('alice', { ...request, ...change })).not.toBe(orderRequestHash('alice', request));
  });

  it('depends on the user', () => {
    expect(orderRequestHash('bob', request)).not.toBe(orderRequestHash('alice', request));
  });

  it('does not depend on the order in which metadata is written', () => {
    const hashOf = (metadata: Record<string, string>) => orderRequestHash('alice', { ...request, metadata });

    expect(hashOf({ a: '1', b: '2' })).toBe(hashOf({ b: '2', a: '1' }));
    expect(hashOf({ a: '1', b: '2' })).not.toBe(hashOf({ a: '2', b: '1' }));
  });

  it('does not take one price bound for another', () => {
    const { maxPriceMinor, ...unbounded } = request;

    expect(orderRequestHash('alice', { ...unbounded, minPriceMinor: maxPriceMinor })).not.toBe(
      orderRequestHash('alice', request),
    );
  });

  it('ignores whatever else a draft carries', () => {
    const draft = makeOrderDraft({ maxPriceMinor: 15_100n, priceScale: 4, clientOrderId: 'order-1' });

    expect(orderRequestHash('alice', draft)).toBe(orderRequestHash('alice', request));
  });
});

describe(requestFieldsOf, () => {
  it('has type and asset, and the note and the metadata that are given', () => {
    const fields = { orderType: 'MARKET_BUY', assetId: 'AAPL' } as const;
    const remarks = { note: 'for the trip', metadata: { strategy: 'dip' } };

    expect(requestFieldsOf(makeOrderCreate(fields))).toStrictEqual(fields);
    expect(requestFieldsOf(makeOrderCreate({ ...fields, ...remarks }))).toStrictEqual({ ...fields, ...remarks });
  });
});
