import {
  assetListResponseSchema,
  assetResponseSchema,
  toAssetListResponse,
  toAssetResponse,
} from '@cnop/entities-inventory';
import { makeAsset } from '@cnop/entities-inventory/testing';
import { parseDecimal } from '@cnop/utils';
import { currencyScale } from '@cnop/validation';
import fc from 'fast-check';

import { assets } from './arbitraries.ts';

describe(toAssetResponse, () => {
  it('shows price and minimums in decimal texts', () => {
    const response = toAssetResponse(makeAsset({ decimals: 3, minQuantityMinor: 250n, minNotionalMinor: 500n }));

    expect(response).toStrictEqual({
      assetId: 'AAPL',
      name: 'Apple Inc.',
      category: 'STOCK',
      currency: 'USD',
      decimals: 3,
      priceScale: 2,
      price: '150.25',
      priceAsOf: '2026-01-05T09:30:00.000Z',
      priceSource: 'test-feed',
      referencePrice: '150.25',
      referencePriceAsOf: '2026-01-05T09:30:00.000Z',
      status: 'ACTIVE',
      minQuantity: '0.250',
      minNotional: '5.00',
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-05T09:30:00.000Z',
      termsVersion: 1,
    });
  });

  it('has no price where none was set', () => {
    const response = toAssetResponse(
      makeAsset({ priceMinor: undefined, priceAsOf: undefined, priceSource: undefined }),
    );

    expect(Object.keys(response).filter((name) => name.startsWith('price'))).toEqual(['priceScale']);
  });

  it('shows the terms of standing orders and the reference price beside the newest one', () => {
    const terms = {
      maxTickMoveBps: 500,
      execution: 'VENUE',
      maxFills: 8,
      triggerShards: 2,
      triggerReadShards: 4,
    } as const;
    const asset = makeAsset({ ...terms, triggersPaused: true, outOfBand: true, priceMinor: 1n });

    expect(toAssetResponse(asset)).toMatchObject({
      ...terms,
      triggersPaused: true,
      outOfBand: true,
      price: '0.01',
      referencePrice: '150.25',
    });
  });

  it('gives every valid asset a response that its schema accepts and JSON carries', () => {
    fc.assert(
      fc.property(assets, (asset) => {
        const response = toAssetResponse(asset);

        expect(assetResponseSchema.parse(JSON.parse(JSON.stringify(response)))).toStrictEqual(response);
      }),
    );
  });

  it('gives amounts that read back exactly', () => {
    fc.assert(
      fc.property(assets, (asset) => {
        const response = toAssetResponse(asset);

        expect(response.price && parseDecimal(response.price, asset.priceScale)).toBe(asset.priceMinor);
        expect(parseDecimal(response.minQuantity, asset.decimals)).toBe(asset.minQuantityMinor);
        expect(parseDecimal(response.minNotional, currencyScale(asset.currency))).toBe(asset.minNotionalMinor);
      }),
    );
  });
});

describe(toAssetListResponse, () => {
  it('shows each asset and the cursor to the next page', () => {
    const assetsOfPage = [makeAsset(), makeAsset({ assetId: 'MSFT' })];

    const response = toAssetListResponse({ items: assetsOfPage, nextCursor: 'abc' });

    expect(response).toStrictEqual({ items: assetsOfPage.map(toAssetResponse), nextCursor: 'abc' });
    expect(assetListResponseSchema.parse(response)).toStrictEqual(response);
  });

  it('has no cursor on the last page', () => {
    expect(toAssetListResponse({ items: [], nextCursor: undefined })).toStrictEqual({ items: [] });
  });
});
