import { exitIdFor } from '@cnop/entities-order';
import { refusalOf } from '@cnop/testing';
import { useOrderDesks } from '../support/order-desk.ts';
import { useTestExchange } from '../support/test-exchange.ts';

const exchange = useTestExchange();
const { assets, balances, clock, orders } = exchange;
const { at, open } = useOrderDesks(exchange);

describe('a limit order that is amended to be marketable', () => {
  it('executes in that write at the reference price, and what its hold is short of comes out of available', async () => {
    const { place, amend, holdings, assetId } = await open('57.200');
    const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '2', limitPrice: '50' });
    const { http, flow } = exchange.connect();

    const { order, replayed } = await flow.amendOrder({ orderId, amendment: { limitPrice: '58' } });
    const late = await refusalOf(amend(orderId, { limitPrice: '58' }));

    expect(replayed).toBe(false);
    expect(order).toMatchObject({
      status: 'COMPLETED',
      limitPriceMinor: 58_000n,
      heldMinor: 0n,
      priceAsOf: at(0),
      priceSource: 'test',
      endedAt: at(1),
      version: 2,
      fills: [{ priceMinor: 57_200n, quantityMinor: 2_000_000n, notionalMinor: 11_440n }],
      changes: [{ version: 2, field: 'limitPriceMinor', from: '50000', to: '58000' }],
    });
    expect(order.fills[0]).not.toHaveProperty('tickAsOf');
    expect(late).toMatchObject({ code: 'ORDER_NOT_AMENDABLE', details: { status: 'COMPLETED' } });
    expect(JSON.parse(http.bodiesOf('TransactWriteItems')[0] ?? '')).toHaveProperty('TransactItems.length', 4);
    await expect(holdings()).resolves.toEqual({
      EUR: { available: '2385.60', held: '0.00' },
      gold: { available: '22.000000', held: '0.000000' },
    });
    await expect(orders.getOrder(orderId)).resolves.toStrictEqual(order);
    expect(assetId).toBe(order.assetId);
  });

  it('returns what its hold has too much', async () => {
    const { place, amend, tick, holdings } = await open('57.200');
    const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '2', limitPrice: '57' });
    await tick(2, '58');

    const { order } = await amend(orderId, { limitPrice: '58', quantity: '1' });

    expect(order).toMatchObject({ status: 'COMPLETED', fills: [{ notionalMinor: 5_800n }] });
    expect((await holdings()).EUR).toEqual({ available: '2442.00', held: '0.00' });
  });

  it('sells at the reference price, which is better than the limit', async () => {
    const { place, amend, holdings } = await open('57.200');
    const orderId = await place({ orderType: 'LIMIT_SELL', quantity: '2', limitPrice: '60' });

    const { order } = await amend(orderId, { limitPrice: '55' });

    expect(order).toMatchObject({ status: 'COMPLETED', fills: [{ priceMinor: 57_200n }] });
    await expect(holdings()).resolves.toEqual({
      EUR: { available: '2614.40', held: '0.00' },
      gold: { available: '18.000000', held: '0.000000' },
    });
  });

  it('buys within its notional as much as that pays for', async () => {
    const { place, amend } = await open('40.000');
    const orderId = await place({ orderType: 'LIMIT_BUY', notional: '100.00', limitPrice: '30' });

    const { order } = await amend(orderId, { limitPrice: '50' });

    expect(order).toMatchObject({
      status: 'COMPLETED',
      quantityMinor: 2_500_000n,
      fills: [{ notionalMinor: 10_000n }],
    });
  });

  it('is refused with both figures where neither its hold nor what is available pays', async () => {
    const { place, amend, order } = await open('57.200', { eur: '100.00' });
    const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '1', limitPrice: '50' });
    const before = await order(orderId);

    const refusal = await refusalOf(amend(orderId, { limitPrice: '58', quantity: '2' }));

    expect(refusal).toMatchObject({
      code: 'BALANCE_INSUFFICIENT',
      details: { code: 'EUR', available: '50.00', required: '64.40' },
    });
    await expect(order(orderId)).resolves.toStrictEqual(before);
  });

  it('does not execute out of a frozen balance', async () => {
    const { place, amend, order, owner } = await open('57.200');
    const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '1', limitPrice: '50' });
    await balances.updateBalance({ owner, code: 'EUR', status: 'FROZEN' });

    const refusal = await refusalOf(amend(orderId, { limitPrice: '58' }));

    expect(refusal.code).toBe('BALANCE_FROZEN');
    await expect(order(orderId)).resolves.toMatchObject({ status: 'QUEUED', version: 1 });
  });

  it('places the exits of a bracket in the same write, which begin at the tick of its price', async () => {
    const { place, tick, order, holdings, assetId } = await open('57.200');
    const exits = { takeProfitPrice: '70', trailAmount: '5' };
    const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '2', limitPrice: '50', exits });
    await tick(2, '57');
    // It is not executable, and moves nothing.
    await assets.deactivateAsset(assetId);
    await tick(3, '60');
    await assets.activateAsset(assetId);
    const { http, flow } = exchange.connect();

    const amended = await flow.amendOrder({ orderId, amendment: { limitPrice: '58' } });
    const exit = await order(exitIdFor(orderId, 1));

    expect(amended.order).toMatchObject({ status: 'COMPLETED', exits: [{ quantityMinor: 2_000_000n }] });
    expect(exit).toMatchObject({ status: 'QUEUED', activeAsOf: at(2), watermarkMinor: 57_000n, heldMinor: 2_000_000n });
    expect(JSON.parse(http.bodiesOf('TransactWriteItems')[0] ?? '')).toHaveProperty('TransactItems.length', 6);
    await expect(holdings()).resolves.toMatchObject({ gold: { available: '20.000000', held: '2.000000' } });
  });

  it.each([
    ['is stale', async () => clock.set(at(62)), undefined],
    [
      'may be a misprint',
      async (assetId: string) => {
        await exchange.tick(assetId, '30', at(2));
      },
      { maxTickMoveBps: 500 },
    ],
    ['is that of a halted asset', async (assetId: string) => assets.deactivateAsset(assetId), undefined],
  ])('rests where the reference price %s', async (_, change, terms) => {
    const { place, amend, assetId } = await open('57.200', terms && { terms });
    const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '1', limitPrice: '50' });
    await change(assetId);

    const { order } = await amend(orderId, { limitPrice: '58' });

    expect(order).toMatchObject({ status: 'QUEUED', heldMinor: 5_800n });
  });

  it('executes while triggers are paused', async () => {
    const { place, amend, assetId } = await open('57.200');
    const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '1', limitPrice: '50' });
    await assets.pauseTriggers(assetId);

    await expect(amend(orderId, { limitPrice: '58' })).resolves.toMatchObject({ order: { status: 'COMPLETED' } });
  });

  it('goes on resting where only its expiry or a smaller quantity is amended', async () => {
    const { place, amend, tick, assetId } = await open('57.200');
    const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '2', limitPrice: '50' });
    await assets.pauseTriggers(assetId);
    await tick(2, '49');

    const { order } = await amend(orderId, { quantity: '1', expiresAt: at(60) });
    const larger = await amend(orderId, { quantity: '1.5' });

    expect(order).toMatchObject({ status: 'QUEUED', activeAsOf: at(0) });
    expect(larger.order).toMatchObject({ status: 'COMPLETED', fills: [{ priceMinor: 49_000n }] });
  });
});

describe('a stop-limit whose stop was touched', () => {
  /** Its stop was touched at 62, which is above its limit. */
  async function working(terms: object) {
    const desk = await open('57.200');
    const orderId = await desk.place({
      orderType: 'STOP_LOSS_BUY',
      quantity: '1',
      stopPrice: '60',
      limitPrice: '61',
      ...terms,
    });
    await desk.tick(2, '62');
    return { ...desk, orderId };
  }

  it('works as a limit order when it is amended: its limit may be on either side of the stop', async () => {
    const { amend, orderId } = await working({});

    const { order } = await amend(orderId, { limitPrice: '59' });
    const stop = await refusalOf(amend(orderId, { stopPrice: '58' }));

    expect(order).toMatchObject({ status: 'QUEUED', triggeredAt: at(2), limitPriceMinor: 59_000n, heldMinor: 5_900n });
    expect(order.changes?.map(({ field, version }) => [version, field])).toEqual([
      [2, 'triggeredAt'],
      [3, 'limitPriceMinor'],
    ]);
    expect(stop).toMatchObject({ code: 'VALIDATION_FAILED', details: { issues: [{ pointer: '/stopPrice' }] } });
  });

  it('executes when it is amended to be marketable', async () => {
    const { amend, orderId } = await working({});

    const { order } = await amend(orderId, { limitPrice: '62' });

    expect(order).toMatchObject({ status: 'COMPLETED', fills: [{ priceMinor: 62_000n }] });
  });
});

describe('what the ticks accepted so far make due', () => {
  it('comes before an amendment: the order is filled', async () => {
    const { place, amend, tick, order } = await open('57.200');
    const orderId = await place({ orderType: 'STOP_LOSS_SELL', quantity: '1', stopPrice: '55' });
    await tick(2, '54');
    await tick(3, '56');

    const refusal = await refusalOf(amend(orderId, { stopPrice: '40' }));

    expect(refusal).toMatchObject({ code: 'ORDER_NOT_AMENDABLE', details: { status: 'COMPLETED' } });
    await expect(order(orderId)).resolves.toMatchObject({ fills: [{ priceMinor: 54_000n, tickAsOf: at(2) }] });
  });

  it('begins anew with an amendment: a tick of before it fires nothing', async () => {
    const { place, amend, tick, order, assetId } = await open('57.200');
    const orderId = await place({ orderType: 'STOP_LOSS_SELL', quantity: '1', stopPrice: '50' });
    clock.set(at(4));
    await amend(orderId, { stopPrice: '55' });
    await assets.setPrice({ assetId, price: '54', asOf: at(3), source: 'test' });

    await amend(orderId, { expiresAt: at(600) });
    const resting = await order(orderId);
    await tick(5, '54');
    const late = await refusalOf(amend(orderId, { expiresAt: at(900) }));

    expect(resting).toMatchObject({ status: 'QUEUED', activeAsOf: at(0), repricedAt: at(4) });
    expect(late.code).toBe('ORDER_NOT_AMENDABLE');
  });

  it('goes on from where it was with a smaller quantity', async () => {
    const { place, amend, assetId, order } = await open('57.200');
    const orderId = await place({ orderType: 'STOP_LOSS_SELL', quantity: '2', stopPrice: '55' });
    clock.set(at(4));
    await amend(orderId, { quantity: '1' });
    await assets.setPrice({ assetId, price: '54', asOf: at(3), source: 'test' });

    await refusalOf(amend(orderId, { expiresAt: at(600) }));

    await expect(order(orderId)).resolves.toMatchObject({ status: 'COMPLETED', fills: [{ tickAsOf: at(3) }] });
  });
});

describe('an exit of a bracket', () => {
  it('is amended like any other order, and its quantity comes back to its owner', async () => {
    const { place, amend, holdings } = await open('57.200');
    const exits = { takeProfitPrice: '70', stopPrice: '40' };
    const entryId = await place({ orderType: 'LIMIT_BUY', quantity: '2', limitPrice: '58', exits });
    const exitId = exitIdFor(entryId, 1);

    const { order } = await amend(exitId, { stopPrice: '56', quantity: '1' });

    expect(order).toMatchObject({ stopPriceMinor: 56_000n, heldMinor: 1_000_000n, repricedAt: at(1) });
    await expect(holdings()).resolves.toMatchObject({ gold: { available: '21.000000', held: '1.000000' } });
  });
});
