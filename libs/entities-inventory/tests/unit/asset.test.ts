import { assetCategorySchema, assetSchema, assetStatusSchema } from '@cnop/entities-inventory';
import { makeAsset } from '@cnop/entities-inventory/testing';
import { MAX_MINOR } from '@cnop/utils';
import fc from 'fast-check';

import { assets } from './arbitraries.ts';

describe('assetSchema', () => {
  it('accepts every valid asset as it is', () => {
    fc.assert(fc.property(assets, (asset) => expect(assetSchema.parse(asset)).toStrictEqual(asset)));
  });

  it.each<[string, object]>([
    ['an asset id that is an ISO 4217 code', { assetId: 'EUR' }],
    ['a currency that is none', { currency: 'AAPL' }],
    ['more than 18 decimals', { decimals: 19 }],
    ['a price of zero', { priceMinor: 0n }],
    ['a price above the maximum', { priceMinor: MAX_MINOR + 1n }],
    ['a minimum quantity of zero', { minQuantityMinor: 0n }],
    ['a minimum notional of zero', { minNotionalMinor: 0n }],
    ['an unknown status', { status: 'HALTED' }],
    ['an unknown category', { category: 'BOND' }],
  ])('refuses %s', (_, change) => {
    expect(assetSchema.safeParse({ ...makeAsset(), ...change }).success).toBe(false);
  });
});

describe('assetStatusSchema', () => {
  it('knows two statuses', () => {
    expect(assetStatusSchema.options).toEqual(['ACTIVE', 'INACTIVE']);
  });
});

describe('assetCategorySchema', () => {
  it('knows five categories', () => {
    expect(assetCategorySchema.options).toEqual(['STOCK', 'ETF', 'CRYPTO', 'COMMODITY', 'OTHER']);
  });
});
