import type { AssetChange } from '@cnop/dao-inventory';
import {
  after,
  conflict,
  type Fault,
  landLate,
  loseRequest,
  loseResponse,
  refusalOf,
  runParallel,
} from '@cnop/testing';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { assets } = store;

describe('AssetDao.updateAsset', () => {
  it('changes what is named and nothing else', async () => {
    const asset = await store.create({ decimals: 8, description: 'old', category: 'STOCK' });
    store.clock.advance(1_000);

    const updated = await assets.updateAsset({
      assetId: asset.assetId,
      expectedVersion: 1,
      changes: { name: 'New', category: 'ETF', minQuantity: '0.00000005', minNotional: '2.5' },
    });

    expect(updated).toEqual({
      ...asset,
      name: 'New',
      category: 'ETF',
      minQuantityMinor: 5n,
      minNotionalMinor: 250n,
      updatedAt: store.clock.now().toISOString(),
      termsVersion: 2,
    });
    expect(await assets.getAsset(asset.assetId)).toEqual(updated);
  });

  it('moves the asset to the list of its new category', async () => {
    const { assetId } = await store.create({ category: 'OTHER' });

    await assets.updateAsset({ assetId, expectedVersion: 1, changes: { category: 'COMMODITY' } });

    expect((await assets.getAssets({ category: 'OTHER' })).items).toEqual([]);
    expect((await assets.getAssets({ category: 'COMMODITY' })).items).toMatchObject([{ assetId }]);
  });

  it('removes a description that is null', async () => {
    const { assetId } = await store.create({ description: 'old' });

    const updated = await assets.updateAsset({ assetId, expectedVersion: 1, changes: { description: null } });

    expect(updated).not.toHaveProperty('description');
    expect(await store.readRaw(assetId)).not.toHaveProperty('description');
  });

  it('changes the terms of standing orders, and takes away what is null', async () => {
    const { assetId } = await store.create({ triggerReadShards: 4 });
    const terms = { maxTickMoveBps: 500, execution: 'VENUE', maxFills: 8, triggerShards: 4 } as const;

    const changed = await assets.updateAsset({ assetId, expectedVersion: 1, changes: terms });
    const none = { maxTickMoveBps: null, execution: null, maxFills: null, triggerShards: 1, triggerReadShards: null };
    const cleared = await assets.updateAsset({ assetId, expectedVersion: 2, changes: none });

    expect(changed).toMatchObject({ ...terms, triggerReadShards: 4 });
    for (const name of Object.keys(none)) {
      expect(cleared).not.toHaveProperty(name);
      expect(await store.readRaw(assetId)).not.toHaveProperty(name);
    }
  });

  it('refuses more shards written than read, by the terms of that version', async () => {
    const { assetId } = await store.create({ triggerReadShards: 4 });

    const write = (triggerShards: number, expectedVersion: number) =>
      assets.updateAsset({ assetId, expectedVersion, changes: { triggerShards } });

    expect(await refusalOf(write(5, 1))).toMatchObject({
      code: 'VALIDATION_FAILED',
      details: { issues: [{ pointer: '/triggerReadShards' }] },
    });
    expect((await refusalOf(write(5, 2))).code).toBe('VERSION_CONFLICT');
    expect(await write(4, 1)).toMatchObject({ triggerShards: 4, triggerReadShards: 4 });
  });

  it('refuses another version than the stored one', async () => {
    const { assetId } = await store.create();
    await assets.deactivateAsset(assetId);

    const refusal = await refusalOf(assets.updateAsset({ assetId, expectedVersion: 1, changes: { name: 'x' } }));

    expect(refusal).toMatchObject({
      code: 'VERSION_CONFLICT',
      details: { resource: 'asset', expectedVersion: 1, currentVersion: 2 },
    });
  });

  it('lets one of 16 parallel changes of one version through', async () => {
    const { assetId } = await store.create();

    const { answers, codes } = await runParallel(16, (index) =>
      assets.updateAsset({ assetId, expectedVersion: 1, changes: { name: `No. ${index}` } }),
    );

    expect(answers).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(['VERSION_CONFLICT']));
    expect(await assets.getAsset(assetId)).toEqual(answers[0]);
  });

  it('refuses an asset that does not exist', async () => {
    const change = { assetId: 'NOBODY', expectedVersion: 1, changes: { name: 'x' } };

    expect((await refusalOf(assets.updateAsset(change))).code).toBe('ASSET_NOT_FOUND');
    expect(await store.readRaw('NOBODY')).toBeUndefined();
  });

  it.each([
    [{}, 'VALIDATION_FAILED'],
    [{ currency: 'EUR' }, 'VALIDATION_FAILED'],
    [{ decimals: 2 }, 'VALIDATION_FAILED'],
    [{ priceScale: 3 }, 'VALIDATION_FAILED'],
    [{ status: 'INACTIVE' }, 'VALIDATION_FAILED'],
    [{ minQuantity: '0' }, 'VALIDATION_FAILED'],
    [{ minQuantity: '0.5' }, 'AMOUNT_INVALID'],
    [{ minNotional: '0.001' }, 'AMOUNT_INVALID'],
  ])('refuses the changes %p as %s', async (wrong, code) => {
    const { assetId } = await store.create();
    const changes = wrong as AssetChange['changes'];

    expect((await refusalOf(assets.updateAsset({ assetId, expectedVersion: 1, changes }))).code).toBe(code);
  });
});

describe('AssetDao.updateAsset under faults', () => {
  const run = async (first: Fault, theirVersion: number | undefined) => {
    const { assetId } = await store.create();
    const { http, assets: faulty } = store.faulty(2);
    const change = (name: string, expectedVersion: number): AssetChange => ({
      assetId,
      expectedVersion,
      changes: { name },
    });
    const second = theirVersion === undefined ? [] : [after(() => assets.updateAsset(change('theirs', theirVersion)))];
    http.script('UpdateItem', first, ...second);

    return await faulty.updateAsset(change('mine', 1));
  };

  it('knows its own change when the answer was lost', async () => {
    expect(await run(loseResponse(), undefined)).toMatchObject({ name: 'mine', termsVersion: 2 });
  });

  it('refuses for certain when the one version ahead is another’s', async () => {
    expect((await refusalOf(run(loseRequest(), 1))).code).toBe('VERSION_CONFLICT');
  });

  it('does not call refused what took effect and was overtaken', async () => {
    expect(await refusalOf(run(loseResponse(), 2))).toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      details: { operation: 'updateAsset' },
    });
  });
});

describe('AssetDao.activateAsset and deactivateAsset', () => {
  it('close an asset and open it again', async () => {
    const asset = await store.create();

    const closed = await assets.deactivateAsset(asset.assetId);
    const opened = await assets.activateAsset(asset.assetId);

    expect(closed).toEqual({ ...asset, status: 'INACTIVE', updatedAt: closed.updatedAt, termsVersion: 2 });
    expect(opened).toEqual({ ...asset, updatedAt: opened.updatedAt, termsVersion: 3 });
    expect(await assets.getAsset(asset.assetId)).toEqual(opened);
  });

  it('leave an asset that has the status as it is', async () => {
    const asset = await store.create();

    expect(await assets.activateAsset(asset.assetId)).toEqual(asset);
    expect(await assets.getAsset(asset.assetId)).toEqual(asset);
  });

  it('change the status once under 16 parallel calls', async () => {
    const { assetId } = await store.create();

    const { answers, codes } = await runParallel(16, () => assets.deactivateAsset(assetId));

    expect(codes).toEqual([]);
    expect(answers.every(({ status, termsVersion }) => status === 'INACTIVE' && termsVersion === 2)).toBe(true);
  });

  it('get through between prices', async () => {
    const { assetId } = await store.create();
    const priced = runParallel(20, (index) =>
      assets.setPrice({ assetId, price: '1', asOf: `2026-01-05T09:29:${10 + index}Z`, source: 'x' }),
    );

    const closed = await assets.deactivateAsset(assetId);
    await priced;

    expect(closed.status).toBe('INACTIVE');
    expect(await assets.getAsset(assetId)).toMatchObject({ status: 'INACTIVE', priceAsOf: '2026-01-05T09:29:29.000Z' });
  });

  it('give up when others change the asset every time', async () => {
    const { assetId } = await store.create();
    const { http, assets: faulty } = store.faulty(2);
    const rename = async () => {
      const { termsVersion } = await assets.getAsset(assetId);
      await assets.updateAsset({ assetId, expectedVersion: termsVersion, changes: { name: `v${termsVersion}` } });
    };
    http.script('UpdateItem', after(rename), after(rename));

    expect(await refusalOf(faulty.deactivateAsset(assetId))).toMatchObject({
      code: 'CONTENTION',
      details: { attempts: 2 },
    });
  });

  it('refuse an asset that does not exist', async () => {
    expect((await refusalOf(assets.activateAsset('NOBODY'))).code).toBe('ASSET_NOT_FOUND');
    expect(await store.readRaw('NOBODY')).toBeUndefined();
  });

  it('know their own change when the answer was lost', async () => {
    const { assetId } = await store.create();
    const { http, assets: faulty } = store.faulty();
    http.script('UpdateItem', loseResponse());

    expect(await faulty.deactivateAsset(assetId)).toMatchObject({ status: 'INACTIVE', termsVersion: 2 });
  });

  it('know their own change when a price came in before they asked again', async () => {
    const { assetId } = await store.create();
    const { http, assets: faulty } = store.faulty();
    http.script(
      'UpdateItem',
      loseResponse(),
      after(() => assets.setPrice({ assetId, price: '1', asOf: '2026-01-05T09:29:00Z', source: 'x' })),
    );

    expect(await faulty.deactivateAsset(assetId)).toMatchObject({ status: 'INACTIVE', termsVersion: 2 });
  });

  it('report an unknown outcome when every answer was lost', async () => {
    const { assetId } = await store.create();
    const { http, assets: faulty } = store.faulty(2);
    http.script(
      'UpdateItem',
      loseRequest(),
      after(() => Promise.resolve(store.clock.advance(10_000)), loseRequest()),
    );

    expect(await refusalOf(faulty.deactivateAsset(assetId))).toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      details: { operation: 'deactivateAsset', assetId },
    });
  });

  it('do not undo, landing late, what was decided since', async () => {
    const { assetId } = await store.create();
    const { http, assets: faulty } = store.faulty();
    const late = landLate();
    http.script('UpdateItem', late);

    await faulty.deactivateAsset(assetId);
    await assets.activateAsset(assetId);
    await late.release();

    expect(await assets.getAsset(assetId)).toMatchObject({ status: 'ACTIVE', termsVersion: 3 });
  });
});

describe('A halt and an edit of terms', () => {
  it('get through 200 conflicts with prices in a row', async () => {
    const { assetId } = await store.create();
    const { http, assets: faulty } = store.faulty();
    const conflicts = Array.from({ length: 200 }, () => conflict());
    http.script('UpdateItem', ...conflicts);
    const edited = await faulty.updateAsset({ assetId, expectedVersion: 1, changes: { name: 'Silver' } });
    http.script('UpdateItem', ...conflicts);
    const halted = await faulty.deactivateAsset(assetId);

    expect(edited).toMatchObject({ name: 'Silver', termsVersion: 2 });
    expect(halted).toMatchObject({ status: 'INACTIVE', termsVersion: 3 });
  });

  it('give up after 10 s', async () => {
    const { assetId } = await store.create();
    const { http, assets: faulty } = store.faulty();
    http.script(
      'UpdateItem',
      after(() => Promise.resolve(store.clock.advance(10_000)), conflict()),
    );

    expect(await refusalOf(faulty.deactivateAsset(assetId))).toMatchObject({ code: 'CONTENTION' });
  });
});

describe('AssetDao.pauseTriggers and resumeTriggers', () => {
  it('change whether triggers are paused, and nothing where that is so already', async () => {
    const asset = await store.create();

    expect(await assets.resumeTriggers(asset.assetId)).toEqual(asset);
    const paused = await assets.pauseTriggers(asset.assetId);
    expect(paused).toEqual({ ...asset, triggersPaused: true, termsVersion: 2 });
    expect(await assets.pauseTriggers(asset.assetId)).toEqual(paused);
    expect(await assets.deactivateAsset(asset.assetId)).toMatchObject({ triggersPaused: true, status: 'INACTIVE' });
    expect(await assets.activateAsset(asset.assetId)).toMatchObject({ triggersPaused: true, status: 'ACTIVE' });
    expect(await assets.resumeTriggers(asset.assetId)).toEqual({ ...asset, termsVersion: 5 });
    expect(await store.readRaw(asset.assetId)).not.toHaveProperty('triggersPaused');
  });

  it('know their own change when the response was lost', async () => {
    const { assetId } = await store.create();
    const { http, assets: faulty } = store.faulty();
    http.script('UpdateItem', loseResponse());

    expect(await faulty.pauseTriggers(assetId)).toMatchObject({ triggersPaused: true, termsVersion: 2 });
  });

  it('refuse an asset that does not exist', async () => {
    expect((await refusalOf(assets.pauseTriggers('NOBODY'))).code).toBe('ASSET_NOT_FOUND');
    expect((await refusalOf(assets.resumeTriggers('#'))).code).toBe('VALIDATION_FAILED');
  });
});
