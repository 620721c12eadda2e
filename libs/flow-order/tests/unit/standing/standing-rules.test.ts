import { makeAsset } from '@cnop/entities-inventory/testing';
import type { StandingOrderCreate } from '@cnop/entities-order';
import { refusalOf } from '@cnop/testing';
import { pricedAsset } from '../../../src/standing/amend-rules.ts';
import { marketability } from '../../../src/standing/prepare-standing.ts';
import { draftOf, triggerOf, type DraftContext } from '../../../src/standing/standing-draft.ts';
import { assertPlaceable, assertPreviewable } from '../../../src/standing/standing-rules.ts';

const at = (second: number) => new Date(Date.UTC(2026, 2, 2, 14, 30, second)).toISOString();
const now = new Date(at(20));
const settings = { maxPriceAgeMs: 10_000, maxOrderLifeMs: 60_000 };
/** At 200.00; at least 2 for at least 100.00. */
const asset = pricedAsset(
  makeAsset({
    minQuantityMinor: 2n,
    minNotionalMinor: 10_000n,
    priceMinor: 20_000n,
    priceAsOf: at(10),
    executablePriceMinor: 20_000n,
    executableAsOf: at(10),
  }),
);
const later = (seconds: number) => ({ ...asset, priceAsOf: at(seconds), executableAsOf: at(seconds) });

type Terms = Readonly<Record<string, unknown>>;

function draft(terms: Terms, context: Partial<DraftContext> = {}) {
  const create = { assetId: 'AAPL', quantity: '10', ...terms } as StandingOrderCreate;
  const maxOrderLifeMs = settings.maxOrderLifeMs;

  return draftOf(create, { asset, feeBps: 0, exitFeeBps: 0, now, collarBps: 500, maxOrderLifeMs, ...context });
}

const judged = (terms: Terms, context: Partial<DraftContext> = {}) => ({
  ...draft(terms, context),
  ...settings,
  asset: context.asset ?? asset,
  now,
  watermarkMinor: 20_000n,
});
const place =
  (terms: Terms, context: Partial<DraftContext> = {}) =>
  () => {
    assertPlaceable(judged(terms, context));
  };
const refusalIn = (act: () => unknown) => refusalOf(Promise.resolve().then(act));

const limitBuy = { orderType: 'LIMIT_BUY', limitPrice: '190' };
const bracket = (exits: Terms, terms: Terms = limitBuy) => ({
  ...terms,
  exits: { takeProfitPrice: '300', stopPrice: '100', ...exits },
});
const trailed = (exits: Terms, terms: Terms = limitBuy) => ({
  ...terms,
  exits: { takeProfitPrice: '300', ...exits },
});

describe(assertPlaceable, () => {
  it.each<[Terms, Terms, { code: string; details: object }]>([
    [
      { orderType: 'STOP_LOSS_BUY', stopPrice: '210', limitPrice: '210' },
      { orderType: 'STOP_LOSS_BUY', stopPrice: '210', limitPrice: '209.99' },
      { code: 'LIMIT_ON_WRONG_SIDE', details: { limit: '209.99', stop: '210.00' } },
    ],
    [
      { orderType: 'STOP_LOSS_SELL', stopPrice: '190', limitPrice: '190' },
      { orderType: 'STOP_LOSS_SELL', stopPrice: '190', limitPrice: '190.01' },
      { code: 'LIMIT_ON_WRONG_SIDE', details: { limit: '190.01', stop: '190.00' } },
    ],
    [
      { orderType: 'STOP_LOSS_BUY', stopPrice: '210', maxPrice: '210' },
      { orderType: 'STOP_LOSS_BUY', stopPrice: '210', maxPrice: '209.99' },
      { code: 'LIMIT_ON_WRONG_SIDE', details: { limit: '209.99', stop: '210.00' } },
    ],
    [
      { orderType: 'OCO_BUY', limitPrice: '190', stopPrice: '210', stopLimitPrice: '210' },
      { orderType: 'OCO_BUY', limitPrice: '190', stopPrice: '210', stopLimitPrice: '209.99' },
      { code: 'LIMIT_ON_WRONG_SIDE', details: { limit: '209.99', stop: '210.00' } },
    ],
    [
      { orderType: 'OCO_BUY', limitPrice: '190', stopPrice: '210', maxPrice: '210' },
      { orderType: 'OCO_BUY', limitPrice: '190', stopPrice: '210', maxPrice: '209.99' },
      { code: 'LIMIT_ON_WRONG_SIDE', details: { limit: '209.99', stop: '210.00' } },
    ],
    [
      { orderType: 'OCO_SELL', limitPrice: '210', stopPrice: '190', stopLimitPrice: '190' },
      { orderType: 'OCO_SELL', limitPrice: '210', stopPrice: '190', stopLimitPrice: '190.01' },
      { code: 'LIMIT_ON_WRONG_SIDE', details: { limit: '190.01', stop: '190.00' } },
    ],
    [
      { orderType: 'TRAILING_STOP_SELL', trailAmount: '199.99', quantity: '20000' },
      { orderType: 'TRAILING_STOP_SELL', trailAmount: '200' },
      { code: 'TRAIL_TOO_WIDE', details: { trail: '200.00', price: '200.00' } },
    ],
    [
      { orderType: 'TRAILING_STOP_BUY', trailAmount: '199.99', maxPrice: '400' },
      { orderType: 'TRAILING_STOP_BUY', trailAmount: '200', maxPrice: '400' },
      { code: 'TRAIL_TOO_WIDE', details: { trail: '200.00', price: '200.00' } },
    ],
    [
      limitBuy,
      { ...limitBuy, quantity: '1' },
      { code: 'QUANTITY_BELOW_MINIMUM', details: { quantity: '1', minimum: '2' } },
    ],
    [
      { ...limitBuy, quantity: undefined, notional: '380' },
      { ...limitBuy, quantity: undefined, notional: '379.99' },
      { code: 'QUANTITY_BELOW_MINIMUM', details: { quantity: '1', minimum: '2' } },
    ],
    [
      { orderType: 'LIMIT_BUY', limitPrice: '10' },
      { orderType: 'LIMIT_BUY', limitPrice: '9.99' },
      { code: 'NOTIONAL_BELOW_MINIMUM', details: { notional: '99.90', minimum: '100.00' } },
    ],
    [
      { orderType: 'LIMIT_BUY', limitPrice: '1', quantity: undefined, notional: '100' },
      { orderType: 'LIMIT_BUY', limitPrice: '1', quantity: undefined, notional: '99.99' },
      { code: 'NOTIONAL_BELOW_MINIMUM', details: { notional: '99.99', minimum: '100.00' } },
    ],
    [
      { orderType: 'STOP_LOSS_SELL', stopPrice: '190', limitPrice: '10' },
      { orderType: 'STOP_LOSS_SELL', stopPrice: '190', limitPrice: '9.99' },
      { code: 'NOTIONAL_BELOW_MINIMUM', details: { notional: '99.90', minimum: '100.00' } },
    ],
    [
      { orderType: 'STOP_LOSS_SELL', stopPrice: '10' },
      { orderType: 'STOP_LOSS_SELL', stopPrice: '9.99' },
      { code: 'NOTIONAL_BELOW_MINIMUM', details: { notional: '99.90', minimum: '100.00' } },
    ],
    [
      { orderType: 'OCO_SELL', limitPrice: '210', stopPrice: '190', stopLimitPrice: '10' },
      { orderType: 'OCO_SELL', limitPrice: '210', stopPrice: '190', stopLimitPrice: '9.99' },
      { code: 'NOTIONAL_BELOW_MINIMUM', details: { notional: '99.90', minimum: '100.00' } },
    ],
    [
      { orderType: 'OCO_SELL', limitPrice: '210', stopPrice: '10' },
      { orderType: 'OCO_SELL', limitPrice: '210', stopPrice: '9.99' },
      { code: 'NOTIONAL_BELOW_MINIMUM', details: { notional: '99.90', minimum: '100.00' } },
    ],
    [
      { orderType: 'STOP_LOSS_BUY', stopPrice: '200.01' },
      { orderType: 'STOP_LOSS_BUY', stopPrice: '200' },
      { code: 'ORDER_WOULD_TRIGGER', details: { price: '200.00', trigger: '200.00' } },
    ],
    [
      { orderType: 'STOP_LOSS_SELL', stopPrice: '199.99', limitPrice: '190' },
      { orderType: 'STOP_LOSS_SELL', stopPrice: '201', limitPrice: '190' },
      { code: 'ORDER_WOULD_TRIGGER', details: { price: '200.00', trigger: '201.00' } },
    ],
    [
      { orderType: 'STOP_LOSS_BUY', stopPrice: '200.01', limitPrice: '210' },
      { orderType: 'STOP_LOSS_BUY', stopPrice: '199', limitPrice: '210' },
      { code: 'ORDER_WOULD_TRIGGER', details: { price: '200.00', trigger: '199.00' } },
    ],
    [
      { orderType: 'TAKE_PROFIT_SELL', stopPrice: '200.01' },
      { orderType: 'TAKE_PROFIT_SELL', stopPrice: '199' },
      { code: 'ORDER_WOULD_TRIGGER', details: { price: '200.00', trigger: '199.00' } },
    ],
    [
      { orderType: 'OCO_SELL', limitPrice: '200.01', stopPrice: '190' },
      { orderType: 'OCO_SELL', limitPrice: '200', stopPrice: '190' },
      { code: 'ORDER_WOULD_TRIGGER', details: { price: '200.00', trigger: '200.00' } },
    ],
    [
      { orderType: 'OCO_SELL', limitPrice: '210', stopPrice: '199.99' },
      { orderType: 'OCO_SELL', limitPrice: '210', stopPrice: '201' },
      { code: 'ORDER_WOULD_TRIGGER', details: { price: '200.00', trigger: '201.00' } },
    ],
    [
      { orderType: 'OCO_BUY', limitPrice: '199.99', stopPrice: '210' },
      { orderType: 'OCO_BUY', limitPrice: '200', stopPrice: '210' },
      { code: 'ORDER_WOULD_TRIGGER', details: { price: '200.00', trigger: '200.00' } },
    ],
    [
      { orderType: 'OCO_BUY', limitPrice: '190', stopPrice: '200.01' },
      { orderType: 'OCO_BUY', limitPrice: '190', stopPrice: '199' },
      { code: 'ORDER_WOULD_TRIGGER', details: { price: '200.00', trigger: '199.00' } },
    ],
    [
      bracket({ takeProfitPrice: '190.01' }),
      bracket({ takeProfitPrice: '190' }),
      { code: 'EXITS_ON_WRONG_SIDE', details: { field: 'exits.takeProfitPrice', price: '190.00', bound: '190.00' } },
    ],
    [
      bracket({ stopPrice: '189.99' }),
      bracket({ stopPrice: '190' }),
      { code: 'EXITS_ON_WRONG_SIDE', details: { field: 'exits.stopPrice', price: '190.00', bound: '190.00' } },
    ],
    [
      bracket({ stopPrice: '209.99' }, { orderType: 'STOP_LOSS_BUY', stopPrice: '210', limitPrice: '220' }),
      bracket({ stopPrice: '210' }, { orderType: 'STOP_LOSS_BUY', stopPrice: '210', limitPrice: '220' }),
      { code: 'EXITS_ON_WRONG_SIDE', details: { field: 'exits.stopPrice', price: '210.00', bound: '210.00' } },
    ],
    [
      bracket({ stopPrice: '189.99' }, { orderType: 'OCO_BUY', limitPrice: '190', stopPrice: '210' }),
      bracket({ stopPrice: '190' }, { orderType: 'OCO_BUY', limitPrice: '190', stopPrice: '210' }),
      { code: 'EXITS_ON_WRONG_SIDE', details: { field: 'exits.stopPrice', price: '190.00', bound: '190.00' } },
    ],
    [
      bracket({ stopLimitPrice: '100' }),
      bracket({ stopLimitPrice: '100.01' }),
      { code: 'LIMIT_ON_WRONG_SIDE', details: { limit: '100.01', stop: '100.00' } },
    ],
    [
      trailed({ trailAmount: '189.99' }),
      trailed({ trailAmount: '190' }),
      { code: 'TRAIL_TOO_WIDE', details: { trail: '190.00', price: '190.00' } },
    ],
    [
      { ...limitBuy, expiresAt: at(21) },
      { ...limitBuy, expiresAt: at(20) },
      { code: 'EXPIRY_OUT_OF_RANGE', details: { expiresAt: at(20), after: at(20), atMost: at(80) } },
    ],
    [
      { ...limitBuy, expiresAt: at(80) },
      { ...limitBuy, expiresAt: at(81) },
      { code: 'EXPIRY_OUT_OF_RANGE', details: { expiresAt: at(81), after: at(20), atMost: at(80) } },
    ],
  ])('takes %j and refuses %j with %j', async (good, bad, refused) => {
    const refusal = await refusalIn(place(bad));

    expect(place(good)).not.toThrow();
    expect(refusal).toMatchObject(refused);
  });

  it('values a stop buy at the most that it pays', async () => {
    const dear = { asset: { ...asset, minNotionalMinor: 44_000n } };
    const terms = { orderType: 'STOP_LOSS_BUY', stopPrice: '210', quantity: '2' };

    const refusal = await refusalIn(place({ ...terms, maxPrice: '219.99' }, dear));

    expect(refusal.details).toEqual({ assetId: 'AAPL', notional: '439.98', minimum: '440.00' });
    expect(place({ ...terms, maxPrice: '220' }, dear)).not.toThrow();
  });

  it('lets a trail by percent leave a price to trigger at', async () => {
    const low = pricedAsset({ ...asset, executablePriceMinor: 1n });
    const terms = { orderType: 'TRAILING_STOP_SELL', trailPercent: '12.5', quantity: '20000' };

    const refusal = await refusalIn(() => {
      assertPlaceable({ ...judged(terms, { asset: low }), watermarkMinor: 1n });
    });

    expect(place({ orderType: 'TRAILING_STOP_SELL', trailPercent: '95' })).not.toThrow();
    expect(refusal).toMatchObject({ code: 'TRAIL_TOO_WIDE', details: { trail: '12.50 %', price: '0.01' } });
  });

  it('takes no sell whose fee takes all that it brings, and a buy that pays its own', async () => {
    const tiny = { ...asset, minNotionalMinor: 0n };
    const sell = { orderType: 'LIMIT_SELL', limitPrice: '0.01', quantity: '2' };

    const refusal = await refusalIn(place(sell, { asset: tiny, feeBps: 10_000 }));

    expect(refusal.code).toBe('NOTIONAL_BELOW_MINIMUM');
    expect(place(sell, { asset: tiny, feeBps: 5_000 })).not.toThrow();
    expect(place({ ...sell, orderType: 'LIMIT_BUY' }, { asset: tiny, feeBps: 10_000 })).not.toThrow();
  });

  it('takes an expiry after the newest tick, though our clock is behind it', async () => {
    const refusal = await refusalIn(place({ ...limitBuy, expiresAt: at(30) }, { asset: later(30) }));

    expect(refusal.details).toEqual({ expiresAt: at(30), after: at(30), atMost: at(80) });
    expect(place({ ...limitBuy, expiresAt: at(31) }, { asset: later(30) })).not.toThrow();
  });

  it('wants a fresh price for a trail alone', async () => {
    const trail = { orderType: 'TRAILING_STOP_SELL', trailAmount: '10' };

    const refusal = await refusalIn(place(trail, { asset: later(9) }));

    expect(refusal).toMatchObject({ code: 'PRICE_STALE', details: { priceAsOf: at(9), maxAgeMs: 10_000 } });
    expect(place(trail)).not.toThrow();
    expect(place(limitBuy, { asset: later(9) })).not.toThrow();
  });

  it('lets what a venue executes lie on any side of the price, and what works as a limit order too', () => {
    const atVenue = { asset: { ...asset, execution: 'VENUE' as const } };

    expect(place({ orderType: 'STOP_LOSS_BUY', stopPrice: '190' }, atVenue)).not.toThrow();
    expect(place({ orderType: 'LIMIT_BUY', limitPrice: '210' })).not.toThrow();
  });
});

describe(assertPreviewable, () => {
  it('takes an order that would trigger, and by all other rules none that cannot be placed', async () => {
    const refusal = await refusalIn(() => {
      assertPreviewable(judged({ orderType: 'STOP_LOSS_BUY', stopPrice: '190', quantity: '1' }));
    });

    expect(refusal.code).toBe('QUANTITY_BELOW_MINIMUM');
    expect(() => {
      assertPreviewable(judged({ orderType: 'STOP_LOSS_BUY', stopPrice: '190' }));
    }).not.toThrow();
  });
});

describe(marketability, () => {
  const refusalFor = (terms: Terms, of = asset) => marketability(draft(terms, { asset: of }), of, { ...settings, now });

  it.each([
    ['LIMIT_BUY', '200', '199.99'],
    ['LIMIT_SELL', '200', '200.01'],
  ])('is given of a %s at %s, not at %s', (orderType, meets, misses) => {
    expect(refusalFor({ orderType, limitPrice: meets })).toBeUndefined();
    expect(refusalFor({ orderType, limitPrice: misses })).toMatchObject({
      code: 'ORDER_NOT_MARKETABLE',
      details: { price: '200.00', limit: misses },
    });
  });

  it('is not given at a venue, out of band, or at a stale price', () => {
    const terms = { orderType: 'LIMIT_BUY', limitPrice: '200' };

    expect(refusalFor(terms, { ...asset, execution: 'VENUE' })?.code).toBe('ORDER_NOT_MARKETABLE');
    expect(refusalFor(terms, { ...asset, outOfBand: true })).toMatchObject({
      code: 'PRICE_UNAVAILABLE',
      details: { assetId: 'AAPL' },
    });
    expect(refusalFor(terms, later(9))).toMatchObject({
      code: 'PRICE_STALE',
      details: { assetId: 'AAPL', priceAsOf: at(9), maxAgeMs: 10_000 },
    });
  });
});

describe(draftOf, () => {
  it.each<[Terms, Terms]>([
    [limitBuy, { holdPriceMinor: 19_000n, heldMinor: 190_000n }],
    [{ orderType: 'LIMIT_SELL', limitPrice: '210' }, { heldMinor: 10n }],
    [
      { orderType: 'STOP_LOSS_BUY', stopPrice: '210' },
      { maxPriceMinor: 22_050n, collarBps: 500, heldMinor: 220_500n },
    ],
    [{ orderType: 'STOP_LOSS_BUY', stopPrice: '210', maxPrice: '211' }, { maxPriceMinor: 21_100n }],
    [{ orderType: 'STOP_LOSS_BUY', stopPrice: '210', limitPrice: '212' }, { holdPriceMinor: 21_200n }],
    [{ orderType: 'TAKE_PROFIT_BUY', stopPrice: '190' }, { holdPriceMinor: 19_000n }],
    [
      { orderType: 'TRAILING_STOP_BUY', trailAmount: '10' },
      { watermarkMinor: 20_000n, maxPriceMinor: 22_050n, collarBps: 500 },
    ],
    [
      { orderType: 'TRAILING_STOP_SELL', trailAmount: '10' },
      { watermarkMinor: 20_000n, heldMinor: 10n },
    ],
    [
      { orderType: 'OCO_BUY', limitPrice: '190', stopPrice: '210' },
      { maxPriceMinor: 22_050n, holdPriceMinor: 22_050n, collarBps: 500 },
    ],
    [{ orderType: 'OCO_BUY', limitPrice: '190', stopPrice: '210', stopLimitPrice: '215' }, { holdPriceMinor: 21_500n }],
  ])('makes of %j an order with %j, and nothing else that follows', (terms, expected) => {
    const { order } = draft(terms);
    const followed = ['maxPriceMinor', 'collarBps', 'watermarkMinor', 'holdPriceMinor'].filter((key) => key in order);
    const isSell = String(terms['orderType']).endsWith('SELL');
    const wanted = Object.keys({ ...(isSell ? {} : { holdPriceMinor: 1 }), ...expected, heldMinor: 1 });

    expect(order).toMatchObject(expected);
    expect([...followed, 'heldMinor'].sort()).toEqual(wanted.sort());
  });

  it('waits from the newest tick on, until its expiry or for as long as an order lives', () => {
    const gtc = draft(limitBuy).order;
    const gtd = draft({ ...limitBuy, expiresAt: at(30) }).order;
    const given = draft({ ...limitBuy, timeInForce: 'IOC' }).order;

    expect(gtc).toMatchObject({
      ...{ status: 'QUEUED', timeInForce: 'GTC', activeAsOf: at(10), expiresAt: at(80), version: 1 },
      ...{ fills: [], createdAt: at(20), updatedAt: at(20), assetId: 'AAPL', currency: 'USD' },
    });
    expect(gtd).toMatchObject({ timeInForce: 'GTD', expiresAt: at(30) });
    expect(given.timeInForce).toBe('IOC');
  });

  it('keeps the fees, each where there is one', () => {
    const exits = bracket({});
    const free = draft(exits).order;
    const charged = draft(exits, { feeBps: 25, exitFeeBps: 10 }).order;

    expect(free).not.toHaveProperty('feeBps');
    expect(free.exitTerms).toStrictEqual({ takeProfitPriceMinor: 30_000n, stopPriceMinor: 10_000n });
    expect(charged).toMatchObject({ feeBps: 25, exitTerms: { feeBps: 10 }, heldMinor: 190_475n });
    expect(draft(limitBuy)).not.toHaveProperty('order.exitTerms');
  });

  it('takes at a venue as many fills as its asset says, or 32', () => {
    const atVenue = (maxFills?: number) =>
      draft(limitBuy, { asset: pricedAsset(makeAsset({ execution: 'VENUE', maxFills })) }).order;

    expect(atVenue(8)).toMatchObject({ execution: 'VENUE', maxFills: 8 });
    expect(atVenue()).toMatchObject({ execution: 'VENUE', maxFills: 32 });
    expect(draft(limitBuy).order).not.toHaveProperty('execution');
    expect(draft(limitBuy).order).not.toHaveProperty('maxFills');
  });

  it('buys by notional what that pays for at the hold price, the fee included', () => {
    const byNotional = { ...limitBuy, quantity: undefined, notional: '1900' };

    expect(draft(byNotional).order).toMatchObject({ quantityMinor: 10n, heldMinor: 190_000n });
    expect(draft(byNotional, { feeBps: 25 }).order).toMatchObject({ quantityMinor: 9n, heldMinor: 190_000n });
  });
});

describe(triggerOf, () => {
  it.each<[Terms, bigint]>([
    [limitBuy, 19_000n],
    [{ orderType: 'STOP_LOSS_SELL', stopPrice: '190', limitPrice: '180' }, 19_000n],
    [{ orderType: 'OCO_SELL', limitPrice: '210', stopPrice: '190' }, 19_000n],
    [{ orderType: 'TRAILING_STOP_SELL', trailAmount: '10' }, 19_000n],
    [{ orderType: 'TRAILING_STOP_BUY', trailPercent: '10' }, 22_000n],
  ])('is the price that triggers %j: %p', (terms, triggerMinor) => {
    expect(draft(terms).triggerMinor).toBe(triggerMinor);
  });
});
