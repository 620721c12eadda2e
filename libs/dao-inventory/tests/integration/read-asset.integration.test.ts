import { refusalOf } from '@cnop/testing';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { assets } = store;

describe('AssetDao.findAsset and getAsset', () => {
  it('find an asset by its id', async () => {
    const asset = await store.create();

    expect(await assets.findAsset(asset.assetId)).toEqual(asset);
    expect(await assets.getAsset(asset.assetId)).toEqual(asset);
  });

  it('tell that there is none', async () => {
    expect(await assets.findAsset('NOBODY')).toBeUndefined();
    expect(await refusalOf(assets.getAsset('NOBODY'))).toMatchObject({
      code: 'ASSET_NOT_FOUND',
      details: { assetId: 'NOBODY' },
    });
  });
});

describe('AssetDao.getAssetsByIds', () => {
  it('gives what is there and names what is not, once each, in the order asked for', async () => {
    const [one, other] = [await store.create(), await store.create()];

    const answer = await assets.getAssetsByIds([
      other.assetId,
      'NOBODY',
      one.assetId,
      other.assetId,
      'NOTHING',
      'NOBODY',
    ]);

    expect(answer).toEqual({ found: [other, one], missing: ['NOBODY', 'NOTHING'] });
  });

  it('asks for nothing when no id is given', async () => {
    const { http, assets: metered } = store.faulty();

    expect(await metered.getAssetsByIds([])).toEqual({ found: [], missing: [] });
    expect(http.calls.map(({ target }) => target)).toEqual([]);
  });

  it('reads 250 assets by three BatchGetItem', async () => {
    const { http, assets: metered } = store.faulty();
    const made = await Promise.all(Array.from({ length: 250 }, () => store.create()));
    const assetIds = made.map(({ assetId }) => assetId);

    const { found, missing } = await metered.getAssetsByIds(assetIds);

    expect(found).toEqual(made);
    expect(missing).toEqual([]);
    expect(http.calls.map(({ target }) => target)).toEqual(['BatchGetItem', 'BatchGetItem', 'BatchGetItem']);
  });

  it('takes 1000 ids and no more', async () => {
    const assetIds = Array.from({ length: 1001 }, (_, index) => `N${index}`);

    expect((await assets.getAssetsByIds(assetIds.slice(1))).missing).toEqual(assetIds.slice(1));
    expect((await refusalOf(assets.getAssetsByIds(assetIds))).code).toBe('VALIDATION_FAILED');
  });
});
