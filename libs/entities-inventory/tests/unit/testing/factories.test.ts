import { assetCreateSchema, assetSchema } from '@cnop/entities-inventory';
import { makeAsset, makeAssetCreate, makeQuote } from '@cnop/entities-inventory/testing';

describe(makeAsset, () => {
  it('makes a valid asset and lets a test set what matters to it', () => {
    expect(assetSchema.parse(makeAsset())).toStrictEqual(makeAsset());
    expect(makeAsset({ assetId: 'BTC' }).assetId).toBe('BTC');
  });
});

describe(makeAssetCreate, () => {
  it('makes a valid request and lets a test set what matters to it', () => {
    expect(assetCreateSchema.parse(makeAssetCreate())).toStrictEqual(makeAssetCreate());
    expect(makeAssetCreate({ assetId: 'BTC' }).assetId).toBe('BTC');
  });
});

describe(makeQuote, () => {
  it('makes the quote of the asset that makeAsset makes', () => {
    const { asset, ...price } = makeQuote();

    expect(makeAsset()).toMatchObject({ ...asset, ...price });
  });

  it('lets a test set one of the terms and leave the others', () => {
    const quote = makeQuote({ priceMinor: 1n, asset: { status: 'INACTIVE' } });

    expect(quote).toMatchObject({ priceMinor: 1n, asset: { assetId: 'AAPL', status: 'INACTIVE' } });
  });
});
