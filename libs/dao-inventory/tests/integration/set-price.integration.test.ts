import { indexWriteUnits, itemSizeBytes, writeUnits } from '@cnop/database-core/infrastructure';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { after, loseRequest, loseResponse, refusalOf, runParallel } from '@cnop/testing';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { assets } = store;
const asOf = '2026-01-05T09:29:00.000Z';
const price = (assetId: string, overrides: object = {}) => ({
  assetId,
  price: '150.25',
  asOf,
  source: 'feed',
  ...overrides,
});

describe('AssetDao.setPrice', () => {
  it('stores price, time and source on the asset and nothing else', async () => {
    const asset = await store.create();
    store.clock.advance(1_000);

    const priced = await assets.setPrice(price(asset.assetId, { asOf: '2026-01-05T09:29:00Z' }));

    expect(priced).toEqual({
      ...asset,
      priceMinor: 15_025n,
      priceAsOf: asOf,
      priceSource: 'feed',
      updatedAt: store.clock.now().toISOString(),
    });
    expect(await assets.getAsset(asset.assetId)).toEqual(priced);
  });

  it('costs 1 write unit of the table and none of an index', async () => {
    const { assetId } = await store.create();
    const before = await store.readRaw(assetId);

    await assets.setPrice(price(assetId));

    const after = await store.readRaw(assetId);
    expect(after).toMatchObject({ priceMinor: 15_025, termsVersion: 1 });
    expect(writeUnits(itemSizeBytes(after!))).toBe(1);
    expect(indexWriteUnits(inventoryTableShape, before, after)).toBe(0);
  });

  it('prices an inactive asset too', async () => {
    const { assetId } = await store.create({ status: 'INACTIVE' });

    expect(await assets.setPrice(price(assetId))).toMatchObject({ status: 'INACTIVE', priceMinor: 15_025n });
  });

  it('keeps a price of 24 digits exactly', async () => {
    const { assetId } = await store.create({ priceScale: 18 });

    const { priceMinor } = await assets.setPrice(price(assetId, { price: '999999.999999999999999999' }));

    expect(priceMinor).toBe(10n ** 24n - 1n);
    expect((await assets.getAsset(assetId)).priceMinor).toBe(priceMinor);
  });

  it('takes a newer price', async () => {
    const { assetId } = await store.create();
    await assets.setPrice(price(assetId));

    const newer = await assets.setPrice(price(assetId, { price: '1', asOf: '2026-01-05T09:29:00.001Z' }));

    expect(newer).toMatchObject({ priceMinor: 100n, priceAsOf: '2026-01-05T09:29:00.001Z' });
  });

  it('refuses an older one', async () => {
    const { assetId } = await store.create();
    const priced = await assets.setPrice(price(assetId));

    const refusal = await refusalOf(assets.setPrice(price(assetId, { asOf: '2026-01-05T09:28:59.999Z' })));

    expect(refusal).toMatchObject({
      code: 'PRICE_OUTDATED',
      details: { assetId, asOf: '2026-01-05T09:28:59.999Z', currentAsOf: asOf },
    });
    expect(await assets.getAsset(assetId)).toEqual(priced);
  });

  it('changes nothing when the very same price comes again', async () => {
    const { assetId } = await store.create();
    const priced = await assets.setPrice(price(assetId));
    store.clock.advance(1_000);

    expect(await assets.setPrice(price(assetId, { price: '150.25' }))).toEqual(priced);
    expect(await assets.getAsset(assetId)).toEqual(priced);
  });

  it.each([{ price: '150.26' }, { source: 'another' }])('refuses %p of the same instant', async (other) => {
    const { assetId } = await store.create();
    await assets.setPrice(price(assetId));

    const refusal = await refusalOf(assets.setPrice(price(assetId, other)));

    expect(refusal).toMatchObject({ code: 'PRICE_EXISTS', details: { assetId, asOf } });
  });

  it('ends at the newest of 32 prices that arrive at once in any order', async () => {
    const { assetId } = await store.create();
    const seconds = shuffled(Array.from({ length: 32 }, (_, index) => index));

    const { codes } = await runParallel(32, (index) => {
      const second = seconds[index]!;
      const time = `2026-01-05T09:28:${String(second).padStart(2, '0')}.000Z`;
      return assets.setPrice(price(assetId, { price: `${second + 1}`, asOf: time }));
    });

    expect(new Set([...codes, 'PRICE_OUTDATED'])).toEqual(new Set(['PRICE_OUTDATED']));
    expect(await assets.getAsset(assetId)).toMatchObject({
      priceMinor: 3_200n,
      priceAsOf: '2026-01-05T09:28:31.000Z',
    });
  });

  it('takes a time up to 5 s ahead, by the clock of the database', async () => {
    const { assetId } = await store.create();
    const now = store.clock.now().getTime();
    const at = (aheadMs: number) => new Date(now + aheadMs).toISOString();

    const refusal = await refusalOf(assets.setPrice(price(assetId, { asOf: at(5_001) })));

    expect(refusal).toMatchObject({ code: 'VALIDATION_FAILED', details: { issues: [{ pointer: '/asOf' }] } });
    expect(await assets.setPrice(price(assetId, { asOf: at(5_000) }))).toMatchObject({ priceAsOf: at(5_000) });
  });

  it.each([
    [{ price: '150.255' }, 'AMOUNT_INVALID'],
    [{ price: '150.250' }, 'AMOUNT_INVALID'],
    [{ price: '1000000000000000000000000' }, 'AMOUNT_INVALID'],
    [{ price: '0.00' }, 'VALIDATION_FAILED'],
    [{ price: '-1' }, 'VALIDATION_FAILED'],
    [{ price: '1e3' }, 'VALIDATION_FAILED'],
    [{ price: 150.25 }, 'VALIDATION_FAILED'],
    [{ asOf: '2026-01-05T09:29:00+01:00' }, 'VALIDATION_FAILED'],
    [{ asOf: 'now' }, 'VALIDATION_FAILED'],
    [{ source: '' }, 'VALIDATION_FAILED'],
    [{ currency: 'USD' }, 'VALIDATION_FAILED'],
  ])('refuses %p as %s', async (wrong, code) => {
    const asset = await store.create();

    expect((await refusalOf(assets.setPrice(price(asset.assetId, wrong)))).code).toBe(code);
    expect(await assets.getAsset(asset.assetId)).toEqual(asset);
  });

  it('refuses an asset that does not exist', async () => {
    expect((await refusalOf(assets.setPrice(price('NOBODY')))).code).toBe('ASSET_NOT_FOUND');
    expect(await store.readRaw('NOBODY')).toBeUndefined();
  });
});

describe('AssetDao.setPrice under faults', () => {
  it('knows its own price when the answer was lost', async () => {
    const { assetId } = await store.create();
    const { http, assets: faulty } = store.faulty();
    http.script('UpdateItem', loseResponse());

    expect(await faulty.setPrice(price(assetId))).toMatchObject({ priceMinor: 15_025n });
  });

  it('knows its own price when the answer was lost and the terms have changed since', async () => {
    const { assetId } = await store.create();
    const { http, assets: faulty } = store.faulty();
    http.script(
      'UpdateItem',
      loseResponse(),
      after(() => assets.deactivateAsset(assetId)),
    );

    expect(await faulty.setPrice(price(assetId))).toMatchObject({ priceMinor: 15_025n, status: 'INACTIVE' });
  });

  it('says that its price is outdated when a newer one came in between', async () => {
    const { assetId } = await store.create();
    const { http, assets: faulty } = store.faulty();
    const newer = '2026-01-05T09:29:30.000Z';
    http.script(
      'UpdateItem',
      loseRequest(),
      after(() => assets.setPrice(price(assetId, { asOf: newer }))),
    );

    const refusal = await refusalOf(faulty.setPrice(price(assetId)));

    expect(refusal).toMatchObject({ code: 'PRICE_OUTDATED', details: { currentAsOf: newer } });
  });
});

function shuffled<TItem>(items: readonly TItem[]): TItem[] {
  return items
    .map((item) => ({ item, rank: Math.random() }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
}
