import type { NewAsset } from '@cnop/dao-inventory';
import { after, loseRequest, loseResponse, refusalOf, runParallel } from '@cnop/testing';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { assets } = store;

describe('AssetDao.createAsset', () => {
  it('makes an active asset without a price', async () => {
    const attributes = {
      assetId: 'NEW',
      name: 'New',
      description: 'A test asset',
      category: 'CRYPTO',
      currency: 'JPY',
      decimals: 18,
      priceScale: 4,
    } as const;

    const asset = await assets.createAsset({
      ...attributes,
      minQuantity: '0.000000000000000002',
      minNotional: '1000000000000000000000000',
    });

    expect(asset).toEqual({
      ...attributes,
      status: 'ACTIVE',
      minQuantityMinor: 2n,
      minNotionalMinor: 10n ** 24n,
      createdAt: '2026-01-05T09:30:00.000Z',
      updatedAt: '2026-01-05T09:30:00.000Z',
      termsVersion: 1,
    });
    expect(await assets.getAsset(asset.assetId)).toEqual(asset);
  });

  it('makes an inactive one if asked to', async () => {
    expect(await store.create({ status: 'INACTIVE' })).toMatchObject({ status: 'INACTIVE' });
  });

  it('refuses an id that is taken and leaves the asset as it is', async () => {
    const asset = await store.create();

    const refusal = await refusalOf(store.create({ assetId: asset.assetId, name: 'Another' }));

    expect(refusal).toMatchObject({ code: 'ASSET_EXISTS', details: { assetId: asset.assetId } });
    expect(await assets.getAsset(asset.assetId)).toEqual(asset);
  });

  it('makes exactly one asset of 32 parallel requests for one id', async () => {
    const create = store.freshAsset();

    const { answers, codes } = await runParallel(32, (index) =>
      assets.createAsset({ ...create, name: `No. ${index}` }),
    );

    expect(answers).toHaveLength(1);
    expect(codes).toEqual(Array.from({ length: 31 }, () => 'ASSET_EXISTS'));
    expect(await assets.getAsset(answers[0]!.assetId)).toEqual(answers[0]);
  });

  it.each(['USD', 'EUR', 'JPY', 'XAU'])('refuses %s, a code of ISO 4217, by its own error', async (assetId) => {
    const refusal = await refusalOf(store.create({ assetId, name: '' }));

    expect(refusal).toMatchObject({ code: 'ASSET_ID_RESERVED', details: { assetId } });
  });

  it.each(['', '#', 'AAPL#', 'ASSET#AAPL', 'aapl', '1X', ' A', 'A'.repeat(21)])(
    'refuses %p as an asset id',
    async (assetId) => {
      const codes = [
        (await refusalOf(store.create({ assetId }))).code,
        (await refusalOf(assets.getAsset(assetId))).code,
        (await refusalOf(assets.findAsset(assetId))).code,
        (await refusalOf(assets.getAssetsByIds(['AAPL', assetId]))).code,
        (await refusalOf(assets.activateAsset(assetId))).code,
        (await refusalOf(assets.deactivateAsset(assetId))).code,
        (await refusalOf(assets.updateAsset({ assetId, expectedVersion: 1, changes: { name: 'x' } }))).code,
        (await refusalOf(assets.setPrice({ assetId, price: '1', asOf: '2026-01-05T09:30:00Z', source: 'x' }))).code,
      ];

      expect(new Set(codes)).toEqual(new Set(['VALIDATION_FAILED']));
    },
  );

  it.each([
    [{ price: '1.00' }, 'VALIDATION_FAILED'],
    [{ currency: 'XXX' }, 'VALIDATION_FAILED'],
    [{ decimals: 19 }, 'VALIDATION_FAILED'],
    [{ minQuantity: '0' }, 'VALIDATION_FAILED'],
    [{ minQuantity: '0.5' }, 'AMOUNT_INVALID'],
    [{ minNotional: '0.001' }, 'AMOUNT_INVALID'],
  ])('refuses an asset with %p as %s', async (wrong, code) => {
    expect((await refusalOf(store.create(wrong as Partial<NewAsset>))).code).toBe(code);
  });
});

describe('AssetDao.createAsset under faults', () => {
  it('knows its own asset when the answer was lost', async () => {
    const { http, assets: faulty } = store.faulty();
    http.script('PutItem', loseResponse());

    const asset = await faulty.createAsset(store.freshAsset());

    expect(await assets.getAsset(asset.assetId)).toEqual(asset);
  });

  it('refuses for certain when another call’s asset is there', async () => {
    const { http, assets: faulty } = store.faulty();
    const create = store.freshAsset();
    http.script(
      'PutItem',
      loseRequest(),
      after(() => assets.createAsset(create)),
    );

    expect((await refusalOf(faulty.createAsset(create))).code).toBe('ASSET_EXISTS');
  });

  it('does not call refused what may be its own asset, changed since', async () => {
    const { http, assets: faulty } = store.faulty();
    const create = store.freshAsset();
    const { assetId } = create;
    http.script(
      'PutItem',
      loseResponse(),
      after(() => assets.deactivateAsset(assetId)),
    );

    const refusal = await refusalOf(faulty.createAsset(create));

    expect(refusal).toMatchObject({ code: 'OUTCOME_UNKNOWN', details: { operation: 'createAsset', assetId } });
  });
});
