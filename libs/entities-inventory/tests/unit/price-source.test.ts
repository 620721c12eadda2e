import { inventoryErrors, isTooFarAhead, quoteFrom, quoteOfAsset } from '@cnop/entities-inventory';
import { makeAsset, makeQuote } from '@cnop/entities-inventory/testing';
import { MAX_MINOR } from '@cnop/utils';

const giving = (quote: unknown) => ({ getQuote: () => Promise.resolve(quote as ReturnType<typeof makeQuote>) });
const failing = (error: Error) => ({ getQuote: () => Promise.reject(error) });

describe(quoteFrom, () => {
  it('gives a quote as it is', async () => {
    expect(await quoteFrom(giving(makeQuote()), 'AAPL')).toStrictEqual(makeQuote());
  });

  it('keeps who executes, and in how many fills', async () => {
    const quote = makeQuote({ asset: { execution: 'VENUE', maxFills: 8 } });

    expect(await quoteFrom(giving(quote), 'AAPL')).toStrictEqual(quote);
  });

  it.each<[string, unknown]>([
    ['asset.execution', { ...makeQuote(), asset: { ...makeQuote().asset, execution: 'BROKER' } }],
    ['asset.maxFills', makeQuote({ asset: { maxFills: 33 } })],
    ['priceMinor', { ...makeQuote(), priceMinor: 150.25 }],
    ['priceMinor', { ...makeQuote(), priceMinor: 0n }],
    ['priceMinor', { ...makeQuote(), priceMinor: MAX_MINOR + 1n }],
    ['priceAsOf', { ...makeQuote(), priceAsOf: 'now' }],
    ['priceSource', { ...makeQuote(), priceSource: 'x'.repeat(65) }],
    ['asset.currency', { ...makeQuote(), asset: { ...makeQuote().asset, currency: undefined } }],
    ['asset.decimals', makeQuote({ asset: { decimals: 19 } })],
    ['asset.assetId', makeQuote({ asset: { assetId: 'MSFT' } })],
    ['quote', undefined],
  ])('names %s of what is no quote of the asset, case %#', async (field, quote) => {
    await expect(quoteFrom(giving(quote), 'AAPL')).rejects.toMatchObject({
      code: 'QUOTE_INVALID',
      details: { assetId: 'AAPL', field, rule: expect.stringMatching(/./) as string },
    });
  });

  it('passes on a DomainError, and calls any other failure a price that is not to be had', async () => {
    const domainError = new inventoryErrors.AssetNotFoundError({ assetId: 'AAPL' });
    const fault = new TypeError('fetch failed');

    await expect(quoteFrom(failing(domainError), 'AAPL')).rejects.toBe(domainError);
    await expect(quoteFrom(failing(fault), 'AAPL')).rejects.toMatchObject({
      code: 'PRICE_UNAVAILABLE',
      cause: fault,
    });
  });
});

describe(quoteOfAsset, () => {
  it('gives the reference price, with the terms on which the asset is traded', () => {
    const terms = { execution: 'VENUE', maxFills: 8 } as const;
    const quote = quoteOfAsset(makeAsset({ ...terms, priceMinor: 1n, executablePriceMinor: 15_024n }));

    expect(quote).toStrictEqual(makeQuote({ asset: terms, priceMinor: 15_024n }));
    expect(quoteOfAsset(makeAsset())).toStrictEqual(makeQuote());
  });

  it.each([
    ['PRICE_UNAVAILABLE', { executablePriceMinor: undefined }],
    ['PRICE_UNAVAILABLE', { executableAsOf: undefined }],
    ['PRICE_UNAVAILABLE', { executableSource: undefined }],
    ['PRICE_UNAVAILABLE', { outOfBand: true as const }],
    ['ASSET_INACTIVE', { executablePriceMinor: undefined, status: 'INACTIVE' as const }],
  ])('says %s of an asset without one, such as %j', (code, overrides) => {
    expect(() => quoteOfAsset(makeAsset(overrides))).toThrow(expect.objectContaining({ code }) as Error);
  });
});

describe(isTooFarAhead, () => {
  const now = new Date('2026-01-05T09:30:00.000Z');

  it.each([
    ['2026-01-05T09:29:00.000Z', false],
    ['2026-01-05T09:30:05.000Z', false],
    ['2026-01-05T09:30:05.001Z', true],
  ])('judges %s by our clock: %p', (asOf, isAhead) => {
    expect(isTooFarAhead(asOf, now, 5_000)).toBe(isAhead);
  });
});
