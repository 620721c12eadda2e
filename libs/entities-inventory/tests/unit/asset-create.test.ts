import { assertAssetIdFree, assetCreateSchema, assetSchema, newAsset } from '@cnop/entities-inventory';
import { makeAssetCreate } from '@cnop/entities-inventory/testing';

const createdAt = '2026-01-01T00:00:00.000Z';

describe('assetCreateSchema', () => {
  it('accepts everything that an asset may be created with', () => {
    const create = makeAssetCreate({ description: 'Consumer electronics', minQuantity: '1', minNotional: '5.00' });

    expect(assetCreateSchema.parse(create)).toStrictEqual(create);
  });

  it('makes an asset active unless told otherwise', () => {
    const create = makeAssetCreate({ status: undefined });

    expect(assetCreateSchema.parse(create).status).toBe('ACTIVE');
    expect(assetCreateSchema.parse({ ...create, status: 'INACTIVE' }).status).toBe('INACTIVE');
  });

  it.each<[string, object]>([
    ['a price', { price: '150.25' }],
    ['an unknown field', { leverage: '10' }],
    ['an asset id that is an ISO 4217 code', { assetId: 'USD' }],
    ['an asset id that would forge a key', { assetId: 'A#B' }],
    ['a lower-case asset id', { assetId: 'aapl' }],
    ['a currency that is none', { currency: 'ABC' }],
    ['negative decimals', { decimals: -1 }],
    ['more than 18 decimals', { decimals: 19 }],
    ['a price scale of 19', { priceScale: 19 }],
    ['a minimum of zero', { minQuantity: '0' }],
    ['a minimum that is a number', { minNotional: 5 }],
    ['an empty name', { name: '' }],
    ['a name of 101 characters', { name: 'x'.repeat(101) }],
    ['a description of 1001 characters', { description: 'x'.repeat(1001) }],
  ])('refuses %s', (_, change) => {
    expect(assetCreateSchema.safeParse({ ...makeAssetCreate(), ...change }).success).toBe(false);
  });
});

describe(newAsset, () => {
  it('makes an asset of version 1 without a price, its minimums the least amounts there are', () => {
    const asset = newAsset(makeAssetCreate(), createdAt);

    expect(asset).toStrictEqual({
      assetId: 'AAPL',
      name: 'Apple Inc.',
      category: 'STOCK',
      currency: 'USD',
      decimals: 0,
      priceScale: 2,
      status: 'ACTIVE',
      minQuantityMinor: 1n,
      minNotionalMinor: 1n,
      createdAt,
      updatedAt: createdAt,
      termsVersion: 1,
    });
    expect(assetSchema.parse(asset)).toStrictEqual(asset);
  });

  it.each([
    ['USD', '5.00', 500n],
    ['JPY', '5', 5n],
    ['BHD', '5.00', 5_000n],
  ])('reads the minimum notional in the scale of %s', (currency, minNotional, minNotionalMinor) => {
    const create = makeAssetCreate({ currency, decimals: 8, minQuantity: '0.0001', minNotional });

    expect(newAsset(create, createdAt)).toMatchObject({ minQuantityMinor: 10_000n, minNotionalMinor });
  });

  it('refuses a minimum notional with more decimals than the currency has, naming the field', () => {
    expect(() => newAsset(makeAssetCreate({ currency: 'JPY', minNotional: '5.00' }), createdAt)).toThrow(
      expect.objectContaining({
        code: 'AMOUNT_INVALID',
        details: { rule: 'decimals', scale: 0, field: 'minNotional' },
      }) as Error,
    );
  });

  it('refuses a minimum quantity with more decimals than the asset has, naming the field', () => {
    expect(() => newAsset(makeAssetCreate({ minQuantity: '0.5' }), createdAt)).toThrow(
      expect.objectContaining({
        code: 'AMOUNT_INVALID',
        details: { rule: 'decimals', scale: 0, field: 'minQuantity' },
      }) as Error,
    );
  });
});

describe(assertAssetIdFree, () => {
  it.each(['AAPL', 'BTC'])('takes %s', (assetId) => {
    expect(() => assertAssetIdFree(assetId)).not.toThrow();
  });

  it.each(['USD', 'JPY', 'XAU'])('refuses %s', (assetId) => {
    expect(() => assertAssetIdFree(assetId)).toThrow(
      expect.objectContaining({ code: 'ASSET_ID_RESERVED', details: { assetId } }) as Error,
    );
  });
});
