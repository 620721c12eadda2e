import { after, forgetToken, landLate, loseRequest, loseResponse, refusalOf, runParallel } from '@cnop/testing';
import { inventoryErrors } from '@cnop/entities-inventory';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { assets } = store;
const asOf = '2026-01-05T09:29:20.000Z';
const newer = '2026-01-05T09:29:30.000Z';
const older = '2026-01-05T09:29:10.000Z';
const price = (assetId: string, overrides: object = {}) => ({
  assetId,
  price: '150.25',
  asOf,
  source: 'feed',
  ...overrides,
});
const isOutdated = (refusal: unknown) => inventoryErrors.PriceOutdatedError.is(refusal);
const ticksOf = (assetId: string) => assets.readTicks({ assetId });

describe('AssetDao.setPrice under faults', () => {
  it('knows its own price when the answer was lost', async () => {
    const { assetId } = await store.create();
    const { http, assets: faulty } = store.faulty();
    http.script('TransactWriteItems', loseResponse());

    expect(await faulty.setPrice(price(assetId))).toMatchObject({ priceMinor: 15_025n });
  });

  it('knows its own price when the answer was lost and the terms have changed since', async () => {
    const { assetId } = await store.create();
    const { http, assets: faulty } = store.faulty();
    http.script(
      'TransactWriteItems',
      loseResponse(),
      after(() => assets.deactivateAsset(assetId)),
    );

    expect(await faulty.setPrice(price(assetId))).toMatchObject({ priceMinor: 15_025n, status: 'ACTIVE' });
    expect(await assets.getAsset(assetId)).toMatchObject({ priceMinor: 15_025n, status: 'INACTIVE' });
    expect(await assets.readTicks({ assetId })).toMatchObject([{ asOf, executable: true }]);
  });

  it('says that its price is outdated when a newer one came in between', async () => {
    const { assetId } = await store.create();
    const { http, assets: faulty } = store.faulty();
    http.script(
      'TransactWriteItems',
      loseRequest(),
      after(() => assets.setPrice(price(assetId, { asOf: newer }))),
    );

    const refusal = await refusalOf(faulty.setPrice(price(assetId)));

    expect(refusal).toMatchObject({ code: 'PRICE_OUTDATED', details: { currentAsOf: newer } });
  });

  it('finds its own tick where the store has forgotten the request', async () => {
    const { assetId } = await store.create();
    const { http, assets: faulty } = store.faulty();
    http.script(
      'TransactWriteItems',
      loseResponse(),
      after(() => assets.setPrice(price(assetId, { asOf: newer })), forgetToken()),
    );

    expect(await faulty.setPrice(price(assetId))).toMatchObject({ priceAsOf: asOf });
    expect(await ticksOf(assetId)).toMatchObject([{ asOf }, { asOf: newer, previousAsOf: asOf }]);
  });

  it.each([
    ['the same price', {}, undefined],
    ['another price', { price: '150.26' }, 'PRICE_EXISTS'],
    ['another source', { source: 'other' }, 'PRICE_EXISTS'],
  ])('finds %s of its instant, set by another call while its own request was lost', async (_, theirs, code) => {
    const { assetId } = await store.create();
    const { http, assets: faulty } = store.faulty();
    http.script(
      'TransactWriteItems',
      loseRequest(),
      after(() => assets.setPrice(price(assetId, theirs))),
    );

    const outcome = await faulty.setPrice(price(assetId)).catch((refusal: unknown) => refusal);

    expect(outcome).toMatchObject(code === undefined ? { priceMinor: 15_025n, priceAsOf: asOf } : { code });
    expect(await ticksOf(assetId)).toMatchObject([{ asOf, ...(code === undefined && { priceMinor: 15_025n }) }]);
  });

  it('judges the price anew when an older one came in between, and names that', async () => {
    const { assetId } = await store.create({ maxTickMoveBps: 100 });
    const { http, assets: faulty } = store.faulty();
    http.script(
      'TransactWriteItems',
      after(() => assets.setPrice(price(assetId, { asOf: older, price: '100.00' }))),
    );

    const priced = await faulty.setPrice(price(assetId));

    expect(priced).toMatchObject({ priceAsOf: asOf, outOfBand: true, executableAsOf: older });
    expect(await assets.getAsset(assetId)).toEqual(priced);
    expect(await ticksOf(assetId)).toMatchObject([
      { asOf: older, executable: true },
      { asOf, previousAsOf: older, executable: false, outOfBand: true },
    ]);
  });

  it.each([
    ['a halt', (assetId: string) => assets.deactivateAsset(assetId), { executable: false }],
    ['a pause', (assetId: string) => assets.pauseTriggers(assetId), { executable: true, paused: true }],
  ])('judges the price anew when %s came in between', async (_, change, judged) => {
    for (const first of [[], [loseRequest()]]) {
      const { assetId } = await store.create();
      const { http, assets: faulty } = store.faulty();
      http.script(
        'TransactWriteItems',
        ...first,
        after(() => change(assetId)),
      );

      const priced = await faulty.setPrice(price(assetId));

      expect(await ticksOf(assetId)).toMatchObject([{ asOf, ...judged }]);
      expect(await assets.getAsset(assetId)).toEqual(priced);
    }
  });

  it('keeps out what was judged before a halt, though it lands after the asset is active again', async () => {
    const { assetId } = await store.create();
    const { http, assets: faulty } = store.faulty();
    const late = landLate();
    http.script(
      'TransactWriteItems',
      late,
      after(() => assets.deactivateAsset(assetId)),
      after(() => assets.setPrice(price(assetId, { asOf: newer }))),
    );

    const refusal = await refusalOf(faulty.setPrice(price(assetId)));
    await assets.activateAsset(assetId);
    await late.release();

    expect(refusal).toMatchObject({ code: 'PRICE_OUTDATED' });
    expect(await ticksOf(assetId)).toMatchObject([{ asOf: newer, executable: false }]);
    expect(await assets.getAsset(assetId)).toMatchObject({ priceAsOf: newer, status: 'ACTIVE' });
  });

  it('stores the tick once when an attempt lands after it was judged anew', async () => {
    const { assetId } = await store.create();
    const { http, assets: faulty } = store.faulty();
    const late = landLate();
    http.script(
      'TransactWriteItems',
      late,
      after(() => assets.setPrice(price(assetId, { asOf: older }))),
    );

    const priced = await faulty.setPrice(price(assetId));
    await late.release();

    expect(await ticksOf(assetId)).toMatchObject([{ asOf: older }, { asOf, previousAsOf: older }]);
    expect(await assets.getAsset(assetId)).toEqual(priced);
  });

  it('reports an unknown outcome when every response was lost', async () => {
    const { assetId } = await store.create();
    const { http, assets: faulty } = store.faulty(2);
    http.script('TransactWriteItems', loseRequest(), loseRequest());

    expect(await refusalOf(faulty.setPrice(price(assetId)))).toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      details: { operation: 'setPrice', assetId },
    });
  });

  it('gives up when other prices come first every time', async () => {
    const { assetId } = await store.create();
    const { http, assets: faulty } = store.faulty();
    const start = Date.parse(older);
    const overtake = (index: number) =>
      after(() => assets.setPrice(price(assetId, { asOf: new Date(start + index).toISOString() })));
    http.script('TransactWriteItems', ...Array.from({ length: 100 }, (_, index) => overtake(index)));

    expect(await refusalOf(faulty.setPrice(price(assetId)))).toMatchObject({
      code: 'CONTENTION',
      details: { attempts: 100 },
    });
    expect(await assets.getAsset(assetId)).toMatchObject({ priceAsOf: new Date(start + 99).toISOString() });
  });
});

describe('AssetDao.setPrice in a race', () => {
  const at = (index: number) => new Date(Date.parse(older) + index).toISOString();

  it('makes a chain without a gap of the prices of 8 feeds', async () => {
    const { assetId } = await store.create();
    const times = Array.from({ length: 8 * 25 }, (_, index) => index);

    const { answers, codes } = await runParallel(8, async (feed) => {
      let accepted = 0;
      for (const index of times.filter((time) => time % 8 === feed)) {
        const set = assets.setPrice(price(assetId, { asOf: at(index), price: `${index + 1}` }));
        accepted += await set.then(
          () => 1,
          (refusal: unknown) => (isOutdated(refusal) ? 0 : NaN),
        );
      }
      return accepted;
    });

    const chain = await ticksOf(assetId);
    expect(codes).toEqual([]);
    expect(chain).toHaveLength(answers.reduce((sum, accepted) => sum + accepted));
    expect(chain.map(({ previousAsOf }) => previousAsOf)).toEqual([
      undefined,
      ...chain.slice(0, -1).map((tick) => tick.asOf),
    ]);
    expect(await assets.getAsset(assetId)).toMatchObject({ priceAsOf: at(199), priceMinor: 20_000n });
  });

  it('stores one tick of one instant, and refuses all others', async () => {
    const { assetId } = await store.create();

    const { answers, codes } = await runParallel(16, (index) =>
      assets.setPrice(price(assetId, { price: `${1 + (index % 4)}` })),
    );

    const [tick, ...others] = await ticksOf(assetId);
    expect(others).toEqual([]);
    expect(answers.map(({ priceMinor }) => priceMinor)).toEqual(Array.from({ length: 4 }, () => tick?.priceMinor));
    expect(codes).toEqual(Array.from({ length: 12 }, () => 'PRICE_EXISTS'));
  });

  it('has no executable tick after a halt', async () => {
    const { assetId } = await store.create();
    let next = 0;

    const { codes } = await runParallel(9, async (actor) => {
      for (let round = 0; round < 10; round += 1) {
        if (actor === 8) {
          if (round === 5) await assets.deactivateAsset(assetId);
          else await assets.getAsset(assetId);
        } else {
          next += 1;
          await assets.setPrice(price(assetId, { asOf: at(next) })).catch((refusal: unknown) => {
            if (!isOutdated(refusal)) throw refusal;
          });
        }
      }
    });

    const flags = (await ticksOf(assetId)).map(({ executable }) => executable);
    expect(codes).toEqual([]);
    expect(flags).toEqual([...flags].sort((one, other) => Number(other) - Number(one)));
    expect(new Set(flags)).toEqual(new Set([true, false]));
  });
});
