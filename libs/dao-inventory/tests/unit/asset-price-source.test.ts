import { createAssetPriceSource, type AssetPriceSourceOptions } from '@cnop/dao-inventory';
import { makeAsset } from '@cnop/entities-inventory/testing';
import { createManualClock } from '@cnop/utils';

const setup = (options: Partial<AssetPriceSourceOptions> = {}, start = '2026-01-05T09:30:00.000Z') => {
  const clock = createManualClock(start);
  let price = 0n;
  const getAsset = jest.fn(async (assetId: string) => {
    await new Promise(setImmediate);
    price += 1n;
    return makeAsset({ assetId, executablePriceMinor: price });
  });

  return { clock, getAsset, priceSource: createAssetPriceSource({ assetDao: { clock, getAsset }, ...options }) };
};

describe(createAssetPriceSource, () => {
  it('keeps a quote for its cache time, by the clock that it was given', async () => {
    const { clock, priceSource } = setup({ cacheTtlMs: 250 });
    const prices: bigint[] = [];

    for (const advance of [0, 100, 150, 1, 250, 251]) {
      clock.advance(advance);
      prices.push((await priceSource.getQuote('AAPL')).priceMinor);
    }

    expect(prices).toEqual([1n, 1n, 1n, 2n, 2n, 3n]);
  });

  it('counts its cache time from the beginning of a slow read', async () => {
    const { clock, priceSource, getAsset } = setup({ cacheTtlMs: 250 });
    getAsset.mockImplementationOnce((assetId) => {
      clock.advance(200);
      return Promise.resolve(makeAsset({ assetId, executablePriceMinor: 7n }));
    });
    const prices: bigint[] = [];

    for (const advance of [0, 50, 1]) {
      clock.advance(advance);
      prices.push((await priceSource.getQuote('AAPL')).priceMinor);
    }

    expect(prices).toEqual([7n, 7n, 1n]);
  });

  it('does not lengthen the life of a quote by using it', async () => {
    const { clock, priceSource, getAsset } = setup();

    for (let step = 0; step < 30; step += 1) {
      await priceSource.getQuote('AAPL');
      clock.advance(100);
    }

    expect(getAsset).toHaveBeenCalledTimes(3);
  });

  it.each(['1970-01-01T00:00:00.000Z', '1969-12-31T23:59:00.000Z'])('keeps time at %s too', async (start) => {
    const { clock, priceSource, getAsset } = setup({}, start);

    await priceSource.getQuote('AAPL');
    clock.advance(2_000);
    await priceSource.getQuote('AAPL');

    expect(getAsset).toHaveBeenCalledTimes(2);
  });

  it('keeps nothing from before its clock was set back', async () => {
    const { clock, priceSource } = setup();
    await priceSource.getQuote('AAPL');

    clock.set('2026-01-05T08:30:00.000Z');

    expect((await priceSource.getQuote('AAPL')).priceMinor).toBe(2n);
    expect((await priceSource.getQuote('AAPL')).priceMinor).toBe(2n);
  });

  it('shares one read among callers at once, one for each asset', async () => {
    const { priceSource, getAsset } = setup();

    const quotes = await Promise.all(['AAPL', 'MSFT', 'AAPL', 'AAPL'].map((id) => priceSource.getQuote(id)));

    expect(getAsset.mock.calls).toEqual([['AAPL'], ['MSFT']]);
    expect(quotes.map(({ asset }) => asset.assetId)).toEqual(['AAPL', 'MSFT', 'AAPL', 'AAPL']);
    expect(quotes[0]).toBe(quotes[2]);
  });

  it('gives every caller of a failed read the failure, and keeps none', async () => {
    const { priceSource, getAsset } = setup();
    getAsset.mockRejectedValueOnce(new Error('lost'));

    const settled = await Promise.allSettled([priceSource.getQuote('AAPL'), priceSource.getQuote('AAPL')]);
    const next = await priceSource.getQuote('AAPL');

    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(next.asset.assetId).toBe('AAPL');
    expect(getAsset).toHaveBeenCalledTimes(2);
  });

  it('gives no stale quote in place of a failed read', async () => {
    const { clock, priceSource, getAsset } = setup();
    await priceSource.getQuote('AAPL');
    clock.advance(1_001);
    getAsset.mockRejectedValueOnce(new Error('lost'));

    await expect(priceSource.getQuote('AAPL')).rejects.toThrow('lost');
  });

  it('quotes the reference price where the newest one is not executable', async () => {
    const { priceSource, getAsset } = setup();
    const stale = { priceMinor: 9n, priceAsOf: '2026-01-05T09:29:59.000Z', priceSource: 'slow-feed' };
    const reference = {
      executablePriceMinor: 7n,
      executableAsOf: '2026-01-05T09:29:00.000Z',
      executableSource: 'feed',
    };
    getAsset.mockResolvedValueOnce(makeAsset({ ...stale, ...reference }));

    expect(await priceSource.getQuote('AAPL')).toMatchObject({
      priceMinor: 7n,
      priceAsOf: '2026-01-05T09:29:00.000Z',
      priceSource: 'feed',
    });
  });

  it('says of an asset without a quote that it is not traded, where it is not', async () => {
    const { priceSource, getAsset } = setup();
    getAsset.mockResolvedValueOnce(makeAsset({ status: 'INACTIVE', outOfBand: true }));

    await expect(priceSource.getQuote('AAPL')).rejects.toMatchObject({ code: 'ASSET_INACTIVE' });
  });

  it.each([
    { executablePriceMinor: undefined },
    { executableAsOf: undefined },
    { executableSource: undefined },
    { outOfBand: true as const },
  ])('has no quote for an asset with %p', async (missing) => {
    const { priceSource, getAsset } = setup();
    getAsset.mockResolvedValueOnce(makeAsset(missing));

    await expect(priceSource.getQuote('AAPL')).rejects.toMatchObject({ code: 'PRICE_UNAVAILABLE' });
  });

  it('keeps at most that number of quotes, the latest used', async () => {
    const { priceSource, getAsset } = setup({ maxAssets: 2 });

    for (const assetId of ['A', 'B', 'A', 'C', 'A', 'B']) await priceSource.getQuote(assetId);

    expect(getAsset.mock.calls.flat()).toEqual(['A', 'B', 'C', 'B']);
  });

  it('answers everyone when more assets are wanted at once than it keeps', async () => {
    const { priceSource } = setup({ maxAssets: 1 });
    const assetIds = ['A', 'B', 'C', 'A', 'B'];

    const quotes = await Promise.all(assetIds.map((assetId) => priceSource.getQuote(assetId)));

    expect(quotes.map(({ asset }) => asset.assetId)).toEqual(assetIds);
  });

  it('answers a caller whose read was underway when the clock was set back', async () => {
    const { clock, priceSource } = setup();
    const early = priceSource.getQuote('AAPL');

    clock.set('2026-01-05T08:30:00.000Z');
    const late = priceSource.getQuote('AAPL');

    expect([(await early).priceMinor, (await late).priceMinor]).toEqual([1n, 2n]);
    expect((await priceSource.getQuote('AAPL')).priceMinor).toBe(2n);
  });

  it('reads every quote when the cache time is 0', async () => {
    const { priceSource, getAsset } = setup({ cacheTtlMs: 0 });

    await priceSource.getQuote('AAPL');
    await priceSource.getQuote('AAPL');

    expect(getAsset).toHaveBeenCalledTimes(2);
  });

  it.each([{ cacheTtlMs: -1 }, { cacheTtlMs: 0.5 }, { cacheTtlMs: NaN }, { maxAssets: 0 }, { maxAssets: Infinity }])(
    'refuses %p',
    (options) => {
      expect(() => setup(options)).toThrow(expect.objectContaining({ code: 'CONFIGURATION_INVALID' }) as Error);
    },
  );
});
