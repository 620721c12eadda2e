import { createAssetPriceSource } from '@cnop/dao-inventory';
import { refusalOf } from '@cnop/testing';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { assets } = store;
const at = (secondsAgo: number) => new Date(store.clock.now().getTime() - secondsAgo * 1_000).toISOString();

describe('the price source over a table', () => {
  it('quotes the price on the asset, with its terms', async () => {
    const { assetId } = await store.create({ decimals: 8, minQuantity: '0.0001', minNotional: '1' });
    await assets.setPrice({ assetId, price: '150.25', asOf: at(1), source: 'feed' });

    const quote = await createAssetPriceSource({ assetDao: assets }).getQuote(assetId);

    expect(quote).toEqual({
      asset: {
        assetId,
        currency: 'USD',
        decimals: 8,
        priceScale: 2,
        status: 'ACTIVE',
        minQuantityMinor: 10_000n,
        minNotionalMinor: 100n,
      },
      priceMinor: 15_025n,
      priceAsOf: at(1),
      priceSource: 'feed',
    });
  });

  it('sees a new price and a new status when its cache time is over', async () => {
    const { assetId } = await store.create();
    const priceSource = createAssetPriceSource({ assetDao: assets });
    await assets.setPrice({ assetId, price: '1', asOf: at(2), source: 'feed' });
    const before = await priceSource.getQuote(assetId);

    await assets.setPrice({ assetId, price: '2', asOf: at(1), source: 'feed' });
    await assets.deactivateAsset(assetId);
    store.clock.advance(1_000);
    const cached = await priceSource.getQuote(assetId);
    store.clock.advance(1);
    const fresh = await priceSource.getQuote(assetId);

    expect(cached).toEqual(before);
    expect(fresh).toMatchObject({ priceMinor: 200n, asset: { status: 'INACTIVE' } });
  });

  it('quotes the newest executable price, and none while the newest of all may be a misprint', async () => {
    const { assetId } = await store.create({ maxTickMoveBps: 500 });
    const priceSource = createAssetPriceSource({ assetDao: assets, cacheTtlMs: 0 });
    const set = (price: string, secondsAgo: number) =>
      assets.setPrice({ assetId, price, asOf: at(secondsAgo), source: 'feed' });

    await set('100.00', 61);
    expect((await refusalOf(priceSource.getQuote(assetId))).code).toBe('PRICE_UNAVAILABLE');
    await set('100.00', 9);
    await assets.pauseTriggers(assetId);
    await set('101.00', 8);
    expect(await priceSource.getQuote(assetId)).toMatchObject({ priceMinor: 10_100n, priceAsOf: at(8) });
    await set('200.00', 7);
    expect((await refusalOf(priceSource.getQuote(assetId))).code).toBe('PRICE_UNAVAILABLE');
    await set('201.00', 6);
    expect(await priceSource.getQuote(assetId)).toMatchObject({ priceMinor: 20_100n, priceAsOf: at(6) });
  });

  it('reads an asset once for many callers', async () => {
    const { http, assets: metered } = store.faulty();
    const { assetId } = await store.create();
    await assets.setPrice({ assetId, price: '1', asOf: at(1), source: 'feed' });
    const priceSource = createAssetPriceSource({ assetDao: metered });

    await Promise.all(Array.from({ length: 50 }, () => priceSource.getQuote(assetId)));

    expect(http.calls.map(({ target }) => target)).toEqual(['GetItem']);
  });

  it('tells an asset without a price from one that does not exist', async () => {
    const { assetId } = await store.create();
    const priceSource = createAssetPriceSource({ assetDao: assets });

    expect(await refusalOf(priceSource.getQuote(assetId))).toMatchObject({
      code: 'PRICE_UNAVAILABLE',
      details: { assetId },
    });
    expect(await refusalOf(priceSource.getQuote('NOBODY'))).toMatchObject({ code: 'ASSET_NOT_FOUND' });
    expect(await refusalOf(priceSource.getQuote('#'))).toMatchObject({ code: 'VALIDATION_FAILED' });
  });
});
