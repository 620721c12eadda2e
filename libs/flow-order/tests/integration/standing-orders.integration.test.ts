import { flatFee, type OrderCreate } from '@cnop/entities-order';
import { isDomainError } from '@cnop/exceptions';
import { after, everyCall, forgetToken, loseRequest, loseResponse, refusalOf, runParallel } from '@cnop/testing';
import { meterRequests } from '@cnop/database-core';
import { useTestExchange } from '../support/test-exchange.ts';

const exchange = useTestExchange();
const { flow, assets, balances, orders, clock } = exchange;
type Fields = Record<string, unknown>;
const order = (assetId: string, fields: Fields) => ({ assetId, quantity: '2', ...fields }) as OrderCreate;

/** An asset at 57.200, and an owner with 2500.00 EUR and 20 of it. */
async function opened(overrides = {}) {
  const assetId = await exchange.list(overrides);
  await exchange.tick(assetId, '57.200');
  const owner = await exchange.trader({ EUR: '2500.00', [assetId]: '20' });
  clock.advance(1_000);
  return { assetId, owner };
}

const place = async ({ assetId, owner }: { assetId: string; owner: string }, fields: Fields) =>
  await flow.placeOrder({ owner, order: order(assetId, fields) });
const refused = async (world: { assetId: string; owner: string }, fields: Fields) =>
  (await refusalOf(place(world, fields))).code;

describe('placeOrder of an order that waits', () => {
  it('queues it with a hold of what it may need, in one write', async () => {
    const world = await opened();
    const meter = meterRequests(exchange.database);

    const placed = await place(world, { orderType: 'LIMIT_BUY', limitPrice: '57.125', clientOrderId: 'a-1' });

    meter.stop();
    expect(meter.requests.map(({ target, items }) => [target, items])).toEqual([
      ['GetItem', 1],
      ['TransactWriteItems', 3],
    ]);
    expect(placed).toMatchObject({
      replayed: false,
      order: { status: 'QUEUED', heldMinor: 11_425n, limitPriceMinor: 57_125n, timeInForce: 'GTC' },
    });
    expect(await exchange.holdings(world.owner)).toMatchObject({ EUR: { available: '2385.75', held: '114.25' } });
    expect(await orders.getOrder(placed.order.orderId)).toEqual(placed.order);
    expect((await balances.getBalance(world.owner, 'EUR')).openOrders).toBe(1);
  });

  it('is a replay under the same client order id, whatever the price is by then', async () => {
    const world = await opened();
    const request = { orderType: 'STOP_LOSS_SELL', stopPrice: '55', clientOrderId: 'a-1' };
    const first = await place(world, request);
    await exchange.tick(world.assetId, '54.000');

    expect(await place(world, { ...request, stopPrice: '55.000' })).toEqual({ order: first.order, replayed: true });
    expect(await refused(world, { ...request, stopPrice: '55.001' })).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('counts its own write when the response was lost', async () => {
    const world = await opened();
    const other = exchange.connect();
    other.http.script('TransactWriteItems', loseResponse());

    const placed = await other.flow.placeOrder({
      owner: world.owner,
      order: order(world.assetId, { orderType: 'LIMIT_SELL', limitPrice: '60', clientOrderId: 'a-1' }),
    });

    expect(placed.replayed).toBe(false);
    expect(await exchange.holdings(world.owner)).toMatchObject({ [world.assetId]: { held: '2.000000' } });
  });

  describe.each([
    ['that waits', { orderType: 'LIMIT_BUY', limitPrice: '50' }],
    ['that is executed at once', { orderType: 'LIMIT_BUY', limitPrice: '58' }],
  ])('an order %s', (_, terms) => {
    const named = { ...terms, clientOrderId: 'a-1' };

    it('is placed once under one client order id, also where the first response was lost and its token forgotten', async () => {
      const world = await opened();
      const other = exchange.connect();
      other.http.script('TransactWriteItems', loseResponse(), forgetToken());

      const first = await other.flow.placeOrder({ owner: world.owner, order: order(world.assetId, named) });

      expect(first).toMatchObject({ replayed: false, order: { clientOrderId: 'a-1', version: 1 } });
      expect(await place(world, named)).toEqual({ order: first.order, replayed: true });
      expect(await refused(world, { ...named, quantity: '3' })).toBe('IDEMPOTENCY_KEY_REUSED');
      expect(await refused(world, { ...named, note: 'another' })).toBe('IDEMPOTENCY_KEY_REUSED');
    });

    it('is placed once by many that come at the same time', async () => {
      const world = await opened();

      const { answers, codes } = await runParallel(4, () => place(world, named));

      expect(codes).toEqual([]);
      expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
      expect(new Set(answers.map(({ order: { orderId } }) => orderId)).size).toBe(1);
    });

    it('is another one each time without a client order id', async () => {
      const world = await opened();

      const first = await place(world, terms);
      const second = await place(world, terms);

      expect([first.replayed, second.replayed]).toEqual([false, false]);
      expect(second.order.orderId).not.toBe(first.order.orderId);
      expect(first.order).not.toHaveProperty('clientOrderId');
    });

    it('is known as its own without a client order id, though it has changed since its response was lost', async () => {
      const world = await opened();
      const other = exchange.connect();
      const rename = after(async () => {
        const { items } = await orders.getOrdersByUser({ owner: world.owner });
        const [{ orderId, version } = { orderId: '', version: 0 }] = items;
        await orders.updateOrder({ orderId, expectedVersion: version, changes: { note: 'seen' } });
      }, forgetToken());
      other.http.script('TransactWriteItems', loseResponse(), rename);

      const placed = await other.flow.placeOrder({ owner: world.owner, order: order(world.assetId, terms) });

      expect(placed).toMatchObject({ replayed: false, order: { note: 'seen', version: 2 } });
    });

    it('is named where it stays unknown whether it was placed', async () => {
      const world = await opened();
      const other = exchange.connect();
      other.http.use(everyCall(loseRequest(), { target: 'TransactWriteItems' }));

      const refusal = await refusalOf(
        other.flow.placeOrder({ owner: world.owner, order: order(world.assetId, named) }),
      );
      const { order: placed } = await place(world, named);

      expect(refusal).toMatchObject({
        code: 'OUTCOME_UNKNOWN',
        details: { operation: 'placeOrder', orderId: placed.orderId },
      });
    });
  });

  it('executes a limit order that the price meets, at that price, with no hold', async () => {
    const world = await opened();
    const meter = meterRequests(exchange.database);

    const bought = await place(world, { orderType: 'LIMIT_BUY', limitPrice: '58' });

    meter.stop();
    expect(meter.requests.at(-1)).toMatchObject({ target: 'TransactWriteItems', items: 4 });
    expect(bought.order).toMatchObject({
      status: 'COMPLETED',
      fills: [{ priceMinor: 57_200n, notionalMinor: 11_440n }],
      endedAt: clock.now().toISOString(),
    });
    for (const field of ['expiresAt', 'activeAsOf', 'holdPriceMinor']) expect(bought.order).not.toHaveProperty(field);
    expect(bought.order.fills[0]).not.toHaveProperty('feeMinor');
    expect(await exchange.holdings(world.owner)).toMatchObject({ EUR: { available: '2385.60', held: '0.00' } });
  });

  it('takes the fee of one that it executes at once on top', async () => {
    const world = await opened();
    const charged = exchange.connect({ flow: { feeSchedule: flatFee(25) } });

    const { order: bought } = await charged.flow.placeOrder({
      owner: world.owner,
      order: order(world.assetId, { orderType: 'LIMIT_BUY', limitPrice: '58' }),
    });

    expect(bought).toMatchObject({ feeBps: 25, fills: [{ notionalMinor: 11_440n, feeMinor: 29n }] });
    expect(await exchange.holdings(world.owner)).toMatchObject({ EUR: { available: '2385.31', held: '0.00' } });
  });

  it('executes an entry at once together with its exit, which holds what was bought', async () => {
    const world = await opened();

    const { order: entry } = await place(world, {
      orderType: 'LIMIT_BUY',
      limitPrice: '57.2',
      exits: { takeProfitPrice: '60', stopPrice: '55' },
    });

    const exit = await orders.getOrder(entry.exits?.[0]?.orderId ?? '');
    expect(exit).toMatchObject({ orderType: 'OCO_SELL', status: 'QUEUED', parentOrderId: entry.orderId });
    expect(await exchange.holdings(world.owner)).toMatchObject({
      [world.assetId]: { available: '20.000000', held: '2.000000' },
    });
  });

  it.each<[string, Fields, string]>([
    ['a stop that the price has touched', { orderType: 'STOP_LOSS_SELL', stopPrice: '57.2' }, 'ORDER_WOULD_TRIGGER'],
    ['a stop buy that the price has touched', { orderType: 'STOP_LOSS_BUY', stopPrice: '57.2' }, 'ORDER_WOULD_TRIGGER'],
    ['a target that is met', { orderType: 'TAKE_PROFIT_SELL', stopPrice: '57' }, 'ORDER_WOULD_TRIGGER'],
    ['an OCO whose limit is met', { orderType: 'OCO_SELL', limitPrice: '57', stopPrice: '50' }, 'ORDER_WOULD_TRIGGER'],
    [
      'an OCO whose stop is touched',
      { orderType: 'OCO_SELL', limitPrice: '60', stopPrice: '58' },
      'ORDER_WOULD_TRIGGER',
    ],
    ['IOC that is not met', { orderType: 'LIMIT_BUY', limitPrice: '57', timeInForce: 'IOC' }, 'ORDER_NOT_MARKETABLE'],
    [
      'a limit below the stop of a buy',
      { orderType: 'STOP_LOSS_BUY', stopPrice: '58', limitPrice: '57.9' },
      'LIMIT_ON_WRONG_SIDE',
    ],
    [
      'a limit above the stop of a sell',
      { orderType: 'STOP_LOSS_SELL', stopPrice: '56', limitPrice: '56.1' },
      'LIMIT_ON_WRONG_SIDE',
    ],
    ['a cap below the stop', { orderType: 'STOP_LOSS_BUY', stopPrice: '58', maxPrice: '57.9' }, 'LIMIT_ON_WRONG_SIDE'],
    ['a trail as wide as the price', { orderType: 'TRAILING_STOP_SELL', trailAmount: '57.2' }, 'TRAIL_TOO_WIDE'],
    [
      'an expiry that has passed',
      { orderType: 'LIMIT_SELL', limitPrice: '60', expiresAt: '2026-03-02T14:30:00.000Z' },
      'EXPIRY_OUT_OF_RANGE',
    ],
    [
      'an expiry too far ahead',
      { orderType: 'LIMIT_SELL', limitPrice: '60', expiresAt: '2026-07-02T14:30:00.000Z' },
      'EXPIRY_OUT_OF_RANGE',
    ],
    [
      'a target of the exits that the entry may pay',
      { orderType: 'LIMIT_BUY', limitPrice: '56', exits: { takeProfitPrice: '56', stopPrice: '55' } },
      'EXITS_ON_WRONG_SIDE',
    ],
    [
      'a stop of the exits above the entry',
      { orderType: 'LIMIT_BUY', limitPrice: '56', exits: { takeProfitPrice: '60', stopPrice: '56' } },
      'EXITS_ON_WRONG_SIDE',
    ],
    ['more than is available', { orderType: 'LIMIT_SELL', quantity: '21', limitPrice: '60' }, 'BALANCE_INSUFFICIENT'],
    ['too little', { orderType: 'LIMIT_SELL', quantity: '0.00005', limitPrice: '60' }, 'QUANTITY_BELOW_MINIMUM'],
    ['too little value', { orderType: 'LIMIT_SELL', quantity: '0.01', limitPrice: '60' }, 'NOTIONAL_BELOW_MINIMUM'],
    [
      'a notional below the minimum',
      { orderType: 'LIMIT_BUY', quantity: undefined, notional: '0.99', limitPrice: '56' },
      'NOTIONAL_BELOW_MINIMUM',
    ],
    ['too many decimals', { orderType: 'LIMIT_SELL', limitPrice: '60.0001' }, 'AMOUNT_INVALID'],
  ])('refuses %s, and changes nothing', async (_, fields, code) => {
    const world = await opened();

    expect(await refused(world, fields)).toBe(code);
    expect(await exchange.holdings(world.owner)).toEqual({
      EUR: { available: '2500.00', held: '0.00' },
      [world.assetId]: { available: '20.000000', held: '0.000000' },
    });
  });

  it('refuses what is not traded, has no price, or is frozen', async () => {
    const world = await opened();
    const unpriced = await exchange.list();
    const limit = { orderType: 'LIMIT_SELL', limitPrice: '60' };
    await balances.updateBalance({ owner: world.owner, code: world.assetId, status: 'FROZEN' });

    expect(await refused(world, limit)).toBe('BALANCE_FROZEN');
    expect(await refused({ ...world, assetId: unpriced }, limit)).toBe('PRICE_UNAVAILABLE');
    await assets.deactivateAsset(world.assetId);
    expect(await refused(world, limit)).toBe('ASSET_INACTIVE');
  });

  it('lets a limit rest that a stale price would meet, and refuses a trail', async () => {
    const world = await opened();
    clock.advance(120_000);

    const { order: resting } = await place(world, { orderType: 'LIMIT_BUY', limitPrice: '58' });

    expect(resting.status).toBe('QUEUED');
    expect(await refused(world, { orderType: 'TRAILING_STOP_SELL', trailAmount: '1' })).toBe('PRICE_STALE');
    expect(await refused(world, { orderType: 'LIMIT_BUY', limitPrice: '58', timeInForce: 'FOK' })).toBe('PRICE_STALE');
  });

  it('refuses one open order too many', async () => {
    const world = await opened();
    const limited = exchange.connect({ flow: { maxOpenOrders: 2 } });
    const request = (limitPrice: string) =>
      limited.flow.placeOrder({
        owner: world.owner,
        order: order(world.assetId, { orderType: 'LIMIT_SELL', limitPrice }),
      });

    const results = await Promise.allSettled(['60', '61', '62'].map(request));

    const codes = results.map((result) =>
      result.status === 'rejected' && isDomainError(result.reason) ? result.reason.code : 'placed',
    );
    expect(codes.toSorted()).toEqual(['TOO_MANY_OPEN_ORDERS', 'placed', 'placed']);
  });
});

describe('cancelOrder of an order that waits', () => {
  it('releases what it holds, once', async () => {
    const world = await opened();
    const { order: open } = await place(world, { orderType: 'LIMIT_BUY', limitPrice: '57.125' });

    const first = await flow.cancelOrder({ orderId: open.orderId, owner: world.owner });
    const again = await flow.cancelOrder({ orderId: open.orderId, owner: world.owner });

    expect(first).toMatchObject({ replayed: false, order: { status: 'CANCELLED', heldMinor: 0n, version: 2 } });
    expect(first.order).not.toHaveProperty('failureCode');
    expect(again).toEqual({ order: first.order, replayed: true });
    expect(await exchange.holdings(world.owner)).toMatchObject({ EUR: { available: '2500.00', held: '0.00' } });
    expect((await balances.getBalance(world.owner, 'EUR')).openOrders).toBe(0);
  });

  it('fills it first, where a tick that nobody has worked off makes it due', async () => {
    const world = await opened();
    const { order: open } = await place(world, { orderType: 'LIMIT_BUY', limitPrice: '57.125' });
    clock.advance(1_000);
    await exchange.tick(world.assetId, '57.080');
    clock.advance(1_000);
    await exchange.tick(world.assetId, '70.000');

    const refusal = await refusalOf(flow.cancelOrder({ orderId: open.orderId }));

    expect(refusal).toMatchObject({ code: 'ORDER_NOT_CANCELLABLE', details: { status: 'COMPLETED' } });
    const { fills, heldMinor } = await orders.getOrder(open.orderId);
    expect(heldMinor).toBe(0n);
    expect(fills).toEqual([expect.objectContaining({ priceMinor: 57_080n })]);
    expect(fills[0]).not.toHaveProperty('feeMinor');
  });

  it('fills an order by notional first with as much as it pays for', async () => {
    const world = await opened();
    const terms = { orderType: 'LIMIT_BUY', limitPrice: '50', quantity: undefined, notional: '98' };
    const { order: open } = await place(world, terms);
    clock.advance(1_000);
    await exchange.tick(world.assetId, '49');

    await refusalOf(flow.cancelOrder({ orderId: open.orderId }));

    expect(open.quantityMinor).toBe(1_960_000n);
    await expect(orders.getOrder(open.orderId)).resolves.toMatchObject({
      ...{ status: 'COMPLETED', quantityMinor: 2_000_000n },
      fills: [{ quantityMinor: 2_000_000n }],
    });
  });

  it('lets the exit of an entry that it fills first begin at the tick that fills it, not at the newest', async () => {
    const world = await opened();
    const exits = { takeProfitPrice: '80', trailAmount: '5' };
    const { order: open } = await place(world, { orderType: 'LIMIT_BUY', limitPrice: '50', exits });
    clock.advance(1_000);
    await exchange.tick(world.assetId, '49');
    const filledAt = clock.now().toISOString();
    clock.advance(1_000);
    await exchange.tick(world.assetId, '52');

    await refusalOf(flow.cancelOrder({ orderId: open.orderId }));

    const { fills, exits: placed } = await orders.getOrder(open.orderId);
    const exit = await orders.getOrder(placed?.[0]?.orderId ?? '');
    expect(fills).toMatchObject([{ tickAsOf: filledAt }]);
    expect(exit).toMatchObject({ activeAsOf: filledAt, watermarkMinor: 49_000n });
  });

  it.each<[string, Fields, string, string]>([
    ['beyond its collar', { orderType: 'STOP_LOSS_BUY', stopPrice: '58' }, '99', 'COLLAR_EXCEEDED'],
    [
      'at a price that brings nothing',
      { orderType: 'STOP_LOSS_SELL', stopPrice: '55' },
      '0.001',
      'NOTIONAL_BELOW_MINIMUM',
    ],
  ])('fails it first, where such a tick is %s', async (...[, terms, price, failureCode]) => {
    const world = await opened();
    const { order: open } = await place(world, { ...terms, quantity: '1' });
    clock.advance(1_000);
    await exchange.tick(world.assetId, price);

    const refusal = await refusalOf(flow.cancelOrder({ orderId: open.orderId, owner: world.owner }));

    expect(refusal.code).toBe('ORDER_NOT_CANCELLABLE');
    await expect(orders.getOrder(open.orderId)).resolves.toMatchObject({
      ...{ status: 'FAILED', failureCode, heldMinor: 0n, fills: [], version: 2 },
    });
    expect(await exchange.holdings(world.owner)).toMatchObject({ EUR: { available: '2500.00', held: '0.00' } });
  });

  it('records first, where such a tick touched its stop, that it works as a limit order', async () => {
    const world = await opened();
    const terms = { orderType: 'STOP_LOSS_SELL', stopPrice: '55', limitPrice: '54' };
    const { order: open } = await place(world, terms);
    await flow.amendOrder({ orderId: open.orderId, owner: world.owner, amendment: { quantity: '1' } });
    clock.advance(1_000);
    await exchange.tick(world.assetId, '53');
    const touchedAt = clock.now().toISOString();

    const { order: ended } = await flow.cancelOrder({ orderId: open.orderId, owner: world.owner });

    expect(ended).toMatchObject({ status: 'CANCELLED', triggeredAt: touchedAt, version: 4 });
    expect(ended.changes).toEqual([
      expect.objectContaining({ field: 'quantityMinor', version: 2 }),
      { at: touchedAt, actor: 'system', version: 3, field: 'triggeredAt', to: touchedAt },
    ]);
  });

  it('expires it instead, once its time has come', async () => {
    const world = await opened();
    const expiresAt = new Date(clock.now().getTime() + 60_000).toISOString();
    const { order: open } = await place(world, { orderType: 'LIMIT_SELL', limitPrice: '60', expiresAt });
    clock.advance(60_000);

    const refusal = await refusalOf(flow.cancelOrder({ orderId: open.orderId }));

    expect(refusal).toMatchObject({ code: 'ORDER_NOT_CANCELLABLE', details: { status: 'EXPIRED' } });
    expect(await exchange.holdings(world.owner)).toMatchObject({ [world.assetId]: { held: '0.000000' } });
  });

  it('fails it, where the balance that must pay is frozen', async () => {
    const world = await opened();
    const { order: open } = await place(world, { orderType: 'STOP_LOSS_SELL', stopPrice: '55' });
    await balances.updateBalance({ owner: world.owner, code: world.assetId, status: 'FROZEN' });
    clock.advance(1_000);
    await exchange.tick(world.assetId, '54');

    await refusalOf(flow.cancelOrder({ orderId: open.orderId }));

    expect(await orders.getOrder(open.orderId)).toMatchObject({ status: 'FAILED', failureCode: 'BALANCE_FROZEN' });
  });

  it('is decided once among many that cancel and a response that is lost', async () => {
    const world = await opened();
    const { order: open } = await place(world, { orderType: 'LIMIT_SELL', limitPrice: '60' });
    const processes = [1, 2, 3, 4].map(() => exchange.connect());
    processes[0]?.http.script('TransactWriteItems', loseResponse());

    const results = await Promise.all(processes.map((each) => each.flow.cancelOrder({ orderId: open.orderId })));

    expect(results.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await exchange.holdings(world.owner)).toMatchObject({ [world.assetId]: { available: '20.000000' } });
  });
});

describe('refundOrder of an order that waited', () => {
  it('undoes its fill; the entry of a bracket only when its exit is over', async () => {
    const world = await opened();
    const { order: entry } = await place(world, {
      orderType: 'LIMIT_BUY',
      limitPrice: '57.2',
      exits: { takeProfitPrice: '60', stopPrice: '55' },
    });
    const { orderId } = entry;

    expect((await refusalOf(flow.refundOrder({ orderId }))).code).toBe('ORDER_NOT_REFUNDABLE');
    await flow.cancelOrder({ orderId: entry.exits?.[0]?.orderId ?? '' });
    expect(await flow.refundOrder({ orderId })).toMatchObject({ replayed: false });
    expect(await exchange.holdings(world.owner)).toMatchObject({ EUR: { available: '2500.00' } });
  });
});

describe('previewOrder of an order that waits', () => {
  it('tells what it would hold, and whether it would trigger or execute at once', async () => {
    const { assetId, owner } = await opened();
    const preview = async (fields: Fields) =>
      (await flow.previewOrder({ owner, order: order(assetId, fields) })).standing;

    expect(await preview({ orderType: 'STOP_LOSS_BUY', stopPrice: '60' })).toEqual({
      holdMinor: 12_600n,
      holdPriceMinor: 63_000n,
      triggerPriceMinor: 60_000n,
      wouldExecute: false,
      wouldTrigger: false,
    });
    expect(await preview({ orderType: 'STOP_LOSS_SELL', stopPrice: '58' })).toMatchObject({ wouldTrigger: true });
    expect(await preview({ orderType: 'LIMIT_SELL', limitPrice: '57' })).toMatchObject({ wouldExecute: true });
  });
});
