import { exitIdFor, type Order } from '@cnop/entities-order';
import { everyCall, internalServerError, type Fault } from '@cnop/testing';
import type { PlaceOrder } from '../../src/index.ts';
import { setAside } from '../../src/standing/set-aside.ts';
import { useTestExchange } from '../support/test-exchange.ts';

const exchange = useTestExchange();
const { flow, orders, clock, assets } = exchange;
let assetId: string;
let owner: string;

const place = async (terms: object, of = owner): Promise<Order> => {
  const order = { assetId, quantity: '1', ...terms } as PlaceOrder['order'];
  return (await flow.placeOrder({ owner: of, order })).order;
};
const get = ({ orderId }: Order) => orders.getOrder(orderId);

beforeEach(async () => {
  clock.set('2026-03-02T14:30:00.000Z');
  assetId = await exchange.list({ triggerReadShards: 4, triggerShards: 4 });
  await exchange.tick(assetId, '50.000');
  owner = await exchange.trader({ EUR: '10000.00', [assetId]: '100' });
});

describe('closing the orders of an asset', () => {
  const everyKind = [
    { orderType: 'LIMIT_BUY', limitPrice: '0.001', quantity: '2000' },
    { orderType: 'LIMIT_SELL', limitPrice: '1000000000000000000' },
    { orderType: 'STOP_LOSS_BUY', stopPrice: '60', limitPrice: '61' },
    { orderType: 'STOP_LOSS_SELL', stopPrice: '40' },
    { orderType: 'TAKE_PROFIT_BUY', stopPrice: '40' },
    { orderType: 'TAKE_PROFIT_SELL', stopPrice: '60' },
    { orderType: 'TRAILING_STOP_BUY', trailAmount: '5' },
    { orderType: 'TRAILING_STOP_SELL', trailPercent: '10' },
    { orderType: 'OCO_SELL', limitPrice: '70', stopPrice: '40' },
    { orderType: 'OCO_BUY', limitPrice: '40', trailPercent: '10' },
    { orderType: 'LIMIT_BUY', limitPrice: '45', exits: { takeProfitPrice: '70', stopPrice: '40' } },
  ];

  it('ends each, of every kind, in every shard, once, and releases all', async () => {
    const other = await exchange.trader({ EUR: '10000.00', [assetId]: '100' });
    const placed = [];
    for (const terms of everyKind) placed.push(await place(terms), await place(terms, other));
    await assets.deactivateAsset(assetId);

    const closed = await flow.closeOrders({ assetId, actor: 'admin' });

    expect(closed).toEqual({ closed: placed.length, endRequested: 0, failed: [] });
    for (const order of placed)
      await expect(get(order)).resolves.toMatchObject({
        status: 'FAILED',
        failureCode: 'ASSET_INACTIVE',
        heldMinor: 0n,
      });
    for (const each of [owner, other])
      await expect(exchange.holdings(each)).resolves.toEqual({
        EUR: { available: '10000.00', held: '0.00' },
        [assetId]: { available: '100.000000', held: '0.000000' },
      });
    await expect(flow.closeOrders({ assetId })).resolves.toEqual({ closed: 0, endRequested: 0, failed: [] });
  });

  it('leaves the orders of other assets alone', async () => {
    const order = await place({ orderType: 'LIMIT_BUY', limitPrice: '40' });
    const another = await exchange.list();

    await expect(flow.closeOrders({ assetId: another })).resolves.toMatchObject({ closed: 0 });

    await expect(get(order)).resolves.toEqual(order);
  });

  it('first does what is due, and closes the exits that a fill has placed', async () => {
    const exits = { takeProfitPrice: '70', stopPrice: '40' };
    const entry = await place({ orderType: 'LIMIT_BUY', limitPrice: '49', exits });
    const expired = await place({ orderType: 'LIMIT_BUY', limitPrice: '1', expiresAt: '2026-03-02T14:31:00.000Z' });
    await exchange.tick(assetId, '48.000', '2026-03-02T14:31:00.000Z');
    await assets.deactivateAsset(assetId);

    const closed = await flow.closeOrders({ assetId });

    expect(closed).toEqual({ closed: 1, endRequested: 0, failed: [] });
    await expect(get(entry)).resolves.toMatchObject({ status: 'COMPLETED' });
    await expect(get(expired)).resolves.toMatchObject({ status: 'EXPIRED' });
    await expect(orders.getOrder(exitIdFor(entry.orderId, 1))).resolves.toMatchObject({
      failureCode: 'ASSET_INACTIVE',
    });
  });

  it('ends those that were set aside, without judging them', async () => {
    const order = await place({ orderType: 'LIMIT_BUY', limitPrice: '49' });
    await setAsideFor(order);
    await exchange.tick(assetId, '48.000', '2026-03-02T14:31:00.000Z');

    await expect(flow.closeOrders({ assetId })).resolves.toMatchObject({ closed: 1 });

    await expect(get(order)).resolves.toMatchObject({ status: 'FAILED', failureCode: 'ASSET_INACTIVE', fills: [] });
  });

  it('asks the venue to end those that it executes, once', async () => {
    assetId = await exchange.list({ execution: 'VENUE' });
    await exchange.tick(assetId, '50');
    const placed = [
      await place({ orderType: 'LIMIT_BUY', limitPrice: '49' }),
      await place({ orderType: 'MARKET_BUY' }),
    ];
    const cancelled = await place({ orderType: 'MARKET_BUY' });
    await flow.cancelOrder({ orderId: cancelled.orderId });

    await expect(flow.closeOrders({ assetId })).resolves.toEqual({ closed: 0, endRequested: 2, failed: [] });
    await expect(flow.closeOrders({ assetId })).resolves.toEqual({ closed: 0, endRequested: 0, failed: [] });

    for (const order of placed) {
      await expect(get(order)).resolves.toMatchObject({ endRequested: { status: 'FAILED', code: 'ASSET_INACTIVE' } });
      await flow.confirmEnd({ orderId: order.orderId });
      await expect(get(order)).resolves.toMatchObject({
        status: 'FAILED',
        failureCode: 'ASSET_INACTIVE',
        heldMinor: 0n,
      });
    }
    await expect(get(cancelled)).resolves.toMatchObject({ endRequested: { status: 'CANCELLED' } });
  });

  it('tells of those that could not be ended, and ends them when it is repeated', async () => {
    const [first, second] = [
      await place({ orderType: 'LIMIT_BUY', limitPrice: '40' }),
      await place({ orderType: 'LIMIT_BUY', limitPrice: '40' }),
    ];
    const { flow: failing, http } = exchange.connect();
    http.use(everyCall(internalServerError(), { target: 'TransactWriteItems' }));

    const { closed, failed } = await failing.closeOrders({ assetId });

    expect(closed).toBe(0);
    expect(failed.map(({ orderId }) => orderId).toSorted()).toEqual([first.orderId, second.orderId].toSorted());
    await expect(flow.closeOrders({ assetId })).resolves.toMatchObject({ closed: 2, failed: [] });
  });

  it('goes through more orders than are held at a time', async () => {
    const placed = [];
    for (let n = 0; n < 130; n += 1)
      placed.push(await place({ orderType: 'LIMIT_SELL', limitPrice: '60', quantity: '0.1' }));

    await expect(flow.closeOrders({ assetId })).resolves.toMatchObject({ closed: 130, failed: [] });
  });

  it('is refused for an asset that does not exist', async () => {
    await expect(flow.closeOrders({ assetId: 'NONE' })).rejects.toMatchObject({ code: 'ASSET_NOT_FOUND' });
  });
});

describe('an order that was set aside', () => {
  const resume = ({ orderId }: Order) => flow.resumeOrder({ orderId });

  it('is resumed also where it cannot be judged once more', async () => {
    const order = await place({ orderType: 'LIMIT_BUY', limitPrice: '49' });
    await setAsideFor(order);
    const other = exchange.connect();
    const pass: Fault = { name: 'pass', apply: (call) => call.send() };
    other.http.script('GetItem', pass, pass, ...Array.from({ length: 30 }, () => internalServerError()));

    const resumed = await other.flow.resumeOrder({ orderId: order.orderId });

    expect(resumed).toMatchObject({ replayed: false, order: { status: 'QUEUED', version: 3 } });
    await expect(get(order)).resolves.toEqual(resumed.order);
  });

  it('is executed in the same call where it is due, at the tick of then', async () => {
    const order = await place({ orderType: 'LIMIT_BUY', limitPrice: '49' });
    await setAsideFor(order);
    await exchange.tick(assetId, '48.000', '2026-03-02T14:31:00.000Z');
    await exchange.tick(assetId, '47.000', '2026-03-02T14:32:00.000Z');

    const { order: resumed, replayed } = await resume(order);

    expect(replayed).toBe(false);
    expect(resumed).toMatchObject({ status: 'COMPLETED', version: 3, fills: [{ priceMinor: 48_000n }] });
    expect([resumed.setAsideAt, resumed.setAsideCode]).toEqual([undefined, undefined]);
    await expect(get(order)).resolves.toEqual(resumed);
  });

  it('is within reach of triggers again where it is not due', async () => {
    const order = await place({ orderType: 'LIMIT_BUY', limitPrice: '49' });
    await setAsideFor(order);

    const { order: resumed } = await resume(order);

    expect(resumed).toEqual({ ...order, version: 3, updatedAt: resumed.updatedAt });
    await expect(orders.getOrdersSetAside({ assetId })).resolves.toMatchObject({ items: [] });
    await exchange.tick(assetId, '48.000', '2026-03-02T14:31:00.000Z');
    await expect(flow.cancelOrder({ orderId: order.orderId })).rejects.toMatchObject({
      details: { status: 'COMPLETED' },
    });
  });

  it('is listed until then, and executed by no tick', async () => {
    const order = await place({ orderType: 'LIMIT_BUY', limitPrice: '49' });
    await setAsideFor(order);
    await exchange.tick(assetId, '48.000', '2026-03-02T14:31:00.000Z');

    const { items } = await orders.getOrdersSetAside({ assetId });
    expect(items).toMatchObject([
      { orderId: order.orderId, setAsideCode: 'BROKEN', status: 'QUEUED', heldMinor: 4_900n },
    ]);
    await expect(flow.cancelOrder({ orderId: order.orderId })).resolves.toMatchObject({
      order: { status: 'CANCELLED' },
    });
  });

  it('works on as a limit where that is what is due', async () => {
    const order = await place({ orderType: 'STOP_LOSS_BUY', stopPrice: '55', limitPrice: '56' });
    await setAsideFor(order);
    await exchange.tick(assetId, '60.000', '2026-03-02T14:31:00.000Z');
    await exchange.tick(assetId, '55.500', '2026-03-02T14:32:00.000Z');

    const { order: resumed } = await resume(order);

    expect(resumed).toMatchObject({ status: 'COMPLETED', triggeredAt: '2026-03-02T14:31:00.000Z' });
    expect(resumed.fills).toMatchObject([{ priceMinor: 55_500n }]);
  });

  it.each([
    ['a tick has reached its expiry', () => exchange.tick(assetId, '60', '2026-03-02T14:31:00.000Z')],
    ['its grace has passed', async () => clock.set('2026-03-02T14:33:10.000Z')],
  ])('is expired where %s', async (_, wait) => {
    const order = await place({ orderType: 'LIMIT_BUY', limitPrice: '49', expiresAt: '2026-03-02T14:31:00.000Z' });
    await setAsideFor(order);
    await wait();

    await expect(resume(order)).resolves.toMatchObject({ order: { status: 'EXPIRED', heldMinor: 0n } });
  });

  it('is not expired within its grace', async () => {
    const order = await place({ orderType: 'LIMIT_BUY', limitPrice: '49', expiresAt: '2026-03-02T14:31:00.000Z' });
    await setAsideFor(order);
    clock.set('2026-03-02T14:33:09.999Z');

    await expect(resume(order)).resolves.toMatchObject({ order: { status: 'QUEUED' } });
  });

  it('is a replay where it is not set aside, and refused where it is over', async () => {
    const order = await place({ orderType: 'LIMIT_BUY', limitPrice: '49' });
    await expect(resume(order)).resolves.toEqual({ order, replayed: true });
    await flow.cancelOrder({ orderId: order.orderId });

    await expect(resume(order)).rejects.toMatchObject({ code: 'ORDER_NOT_OPEN', details: { status: 'CANCELLED' } });
  });

  it('is resumed once by two calls at the same time', async () => {
    const order = await place({ orderType: 'LIMIT_BUY', limitPrice: '49' });
    await setAsideFor(order);
    await exchange.tick(assetId, '48.000', '2026-03-02T14:31:00.000Z');

    await Promise.allSettled([resume(order), resume(order)]);

    await expect(get(order)).resolves.toMatchObject({ status: 'COMPLETED', version: 3 });
  });
});

/** As a worker does when the execution of an order keeps failing. */
async function setAsideFor(order: Order): Promise<void> {
  const context = { orders, clock, database: exchange.database, expiryShards: 4 };
  await setAside(context as unknown as Parameters<typeof setAside>[0], order, 'BROKEN');
}
