import { AssetDao } from '@cnop/dao-inventory';
import { meterRequests } from '@cnop/database-core';
import { indexWriteUnits, itemSizeBytes, writeUnits } from '@cnop/database-core/infrastructure';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { refusalOf, runParallel } from '@cnop/testing';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { assets } = store;
const asOf = '2026-01-05T09:29:30.000Z';
const price = (assetId: string, overrides: object = {}) => ({
  assetId,
  price: '150.25',
  asOf,
  source: 'feed',
  ...overrides,
});

describe('AssetDao.setPrice', () => {
  it('stores price, time and source on the asset, and as its reference price', async () => {
    const asset = await store.create();
    store.clock.advance(1_000);

    const priced = await assets.setPrice(price(asset.assetId, { asOf: '2026-01-05T09:29:30Z' }));

    expect(priced).toEqual({
      ...asset,
      priceMinor: 15_025n,
      priceAsOf: asOf,
      priceSource: 'feed',
      executablePriceMinor: 15_025n,
      executableAsOf: asOf,
      executableSource: 'feed',
      updatedAt: store.clock.now().toISOString(),
    });
    expect(await assets.getAsset(asset.assetId)).toEqual(priced);
  });

  it('costs 1 read unit and 4 write units of the table in one write, and none of an index', async () => {
    const { assetId } = await store.create();
    await assets.setPrice(price(assetId, { asOf: '2026-01-05T09:28:00.000Z' }));
    const before = await store.readRaw(assetId);
    const meter = meterRequests(store.database);

    await assets.setPrice(price(assetId));

    meter.stop();
    const [tick] = await store.readRawTicks(assetId, asOf);
    const after = await store.readRaw(assetId);
    expect(meter.requests.map(({ target, writes }) => [target, writes.map(({ kind }) => kind)])).toEqual([
      ['GetItem', []],
      ['TransactWriteItems', ['Put', 'Update']],
    ]);
    expect([tick, after].map((item) => 2 * writeUnits(itemSizeBytes(item!)))).toEqual([2, 2]);
    expect(indexWriteUnits(inventoryTableShape, before, after)).toBe(0);
    expect(indexWriteUnits(inventoryTableShape, undefined, tick)).toBe(0);
    expect(itemSizeBytes(tick!)).toBeLessThan(300);
  });

  it('stores the tick beside the asset, and with it how it was judged', async () => {
    const { assetId } = await store.create({ maxTickMoveBps: 500 });
    const seconds = (second: number) => `2026-01-05T09:29:3${second}.000Z`;
    const judged = async (second: number, text: string) => {
      await assets.setPrice(price(assetId, { price: text, asOf: seconds(second) }));
      return (await assets.readTicks({ assetId, upTo: seconds(second) })).at(-1);
    };
    const tick = { assetId, source: 'feed', acceptedAt: store.clock.now().toISOString() };

    expect(await judged(1, '100.00')).toEqual({ ...tick, asOf: seconds(1), priceMinor: 10_000n, executable: true });
    await assets.pauseTriggers(assetId);
    expect(await judged(2, '101.00')).toMatchObject({ previousAsOf: seconds(1), executable: true, paused: true });
    await assets.resumeTriggers(assetId);
    expect(await judged(3, '200.00')).toMatchObject({ previousAsOf: seconds(2), executable: false, outOfBand: true });
    expect(await assets.getAsset(assetId)).toMatchObject({ outOfBand: true, executableAsOf: seconds(2) });
    expect(await judged(4, '201.00')).toMatchObject({ previousAsOf: seconds(3), executable: true });
    expect(await assets.getAsset(assetId)).not.toHaveProperty('outOfBand');
    await assets.deactivateAsset(assetId);
    expect(await judged(5, '201.00')).toMatchObject({ previousAsOf: seconds(4), executable: false });
    expect(await assets.getAsset(assetId)).toMatchObject({ priceAsOf: seconds(5), executableAsOf: seconds(4) });
  });

  it('takes a price that is older than it may be to trade on, and does not trade on it', async () => {
    const { assetId } = await store.create();
    const old = new Date(store.clock.now().getTime() - 60_001).toISOString();

    const priced = await assets.setPrice(price(assetId, { asOf: old }));

    expect(priced).toMatchObject({ priceMinor: 15_025n, priceAsOf: old });
    expect(priced).not.toHaveProperty('executablePriceMinor');
    expect(await assets.readTicks({ assetId })).toMatchObject([{ asOf: old, executable: false }]);
    const patient = new AssetDao({ database: store.database, maxPriceAgeMs: 60_002 });
    expect(
      await patient.setPrice(price(assetId, { asOf: new Date(Date.parse(old) + 1).toISOString() })),
    ).toHaveProperty('executablePriceMinor');
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

    const newer = await assets.setPrice(price(assetId, { price: '1', asOf: '2026-01-05T09:29:30.001Z' }));

    expect(newer).toMatchObject({ priceMinor: 100n, priceAsOf: '2026-01-05T09:29:30.001Z' });
  });

  it('refuses an older one', async () => {
    const { assetId } = await store.create();
    const priced = await assets.setPrice(price(assetId));

    const refusal = await refusalOf(assets.setPrice(price(assetId, { asOf: '2026-01-05T09:29:29.999Z' })));

    expect(refusal).toMatchObject({
      code: 'PRICE_OUTDATED',
      details: { assetId, asOf: '2026-01-05T09:29:29.999Z', currentAsOf: asOf },
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
    [{ asOf: '2026-01-05T09:29:30+01:00' }, 'VALIDATION_FAILED'],
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

function shuffled<TItem>(items: readonly TItem[]): TItem[] {
  return items
    .map((item) => ({ item, rank: Math.random() }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
}
