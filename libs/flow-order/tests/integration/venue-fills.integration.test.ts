import { flatFee, type Order } from '@cnop/entities-order';
import { createOrderEngine } from '../../src/engine/index.ts';
import type { ExecuteOrder, PlaceOrder } from '../../src/index.ts';
import { useTestExchange } from '../support/test-exchange.ts';

const exchange = useTestExchange({ feeSchedule: flatFee(25) });
const { flow, orders } = exchange;
let assetId: string;
let owner: string;

const place = async (terms: object): Promise<Order> => {
  const order = { assetId, quantity: '10', ...terms } as PlaceOrder['order'];
  return (await flow.placeOrder({ owner, order })).order;
};
const limitBuy = (terms: object = {}) => place({ orderType: 'LIMIT_BUY', limitPrice: '50', ...terms });
const fill = ({ orderId }: Order, rest: Partial<ExecuteOrder> = {}) =>
  flow.executeOrder({ orderId, venueFillId: 'f-1', quantity: '4', price: '49.501', ...rest });

beforeEach(async () => {
  exchange.clock.set('2026-03-02T14:30:00.000Z');
  assetId = await exchange.list({ execution: 'VENUE' });
  await exchange.tick(assetId, '55.000');
  owner = await exchange.trader({ EUR: '1000.00', [assetId]: '10' });
});

describe('a fill that a venue reports', () => {
  it('pays out of the hold, returns what is no longer needed, and leaves the order in work', async () => {
    const order = await limitBuy();

    const { order: filled, replayed } = await fill(order);

    // 4 × 49.501 = 198.004, up to 198.01, and its fee of 0.50; of the remaining 6: 300.00, 30 cents, the fee of 0.76, 30 cents.
    expect(replayed).toBe(false);
    expect(filled).toMatchObject({ status: 'PROCESSING', heldMinor: 30_000n + 30n + 76n + 30n });
    expect(filled.fills).toEqual([
      expect.objectContaining({ venueFillId: 'f-1', notionalMinor: 19_801n, feeMinor: 50n, quantityMinor: 4_000_000n }),
    ]);
    const { EUR, [assetId]: asset } = await exchange.holdings(owner);
    expect(EUR).toEqual({ available: '500.13', held: '301.36' });
    expect(asset).toEqual({ available: '14.000000', held: '0.000000' });
    await expect(orders.getOrder(order.orderId)).resolves.toEqual(filled);
  });

  it('completes the order with the last of its quantity, and nothing stays held', async () => {
    const order = await limitBuy();
    await fill(order);

    const { order: filled } = await fill(order, { venueFillId: 'f-2', quantity: '6', price: '50' });

    expect(filled).toMatchObject({ status: 'COMPLETED', heldMinor: 0n, endedAt: '2026-03-02T14:30:00.000Z' });
    await expect(exchange.holdings(owner)).resolves.toMatchObject({ EUR: { available: '500.74', held: '0.00' } });
  });

  it('pays a seller, the fee taken off, out of what is held', async () => {
    const order = await place({ orderType: 'LIMIT_SELL', limitPrice: '60' });

    const { order: filled } = await fill(order, { price: '60.007' });

    expect(filled).toMatchObject({ status: 'PROCESSING', heldMinor: 6_000_000n });
    const { EUR, [assetId]: asset } = await exchange.holdings(owner);
    // 240.028, down to 240.02, less 0.61.
    expect(EUR?.available).toBe('1239.41');
    expect(asset).toEqual({ available: '0.000000', held: '6.000000' });
  });

  it('is booked once: again it is a replay, also after the order is over', async () => {
    const order = await limitBuy();
    await fill(order);
    await expect(fill(order, { quantity: '4.0', price: '49.5010' })).rejects.toMatchObject({ code: 'AMOUNT_INVALID' });
    await expect(fill(order, { quantity: '4.0' })).resolves.toMatchObject({ replayed: true });
    await fill(order, { venueFillId: 'f-2', quantity: '6' });

    const again = await fill(order);

    expect(again).toMatchObject({ replayed: true, order: { status: 'COMPLETED' } });
    expect(again.order.fills).toHaveLength(2);
  });

  it.each([
    { what: 'other figures under an id', rest: { quantity: '5' }, code: 'IDEMPOTENCY_KEY_REUSED' },
    { what: 'another price under an id', rest: { price: '49.5' }, code: 'IDEMPOTENCY_KEY_REUSED' },
    {
      what: 'more than remains',
      rest: { venueFillId: 'f-2', quantity: '6.000001' },
      code: 'FILL_EXCEEDS_ORDER',
      details: { quantity: '6.000001', remaining: '6.000000' },
    },
    {
      what: 'a price above the hold price',
      rest: { venueFillId: 'f-2', price: '50.001' },
      code: 'PRICE_LIMIT_EXCEEDED',
      details: { price: '50.001', limit: '50.000' },
    },
    {
      what: 'a quantity of no such scale',
      rest: { venueFillId: 'f-2', quantity: '0.0000001' },
      code: 'AMOUNT_INVALID',
      details: { field: 'quantity' },
    },
    {
      what: 'a price of no such scale',
      rest: { venueFillId: 'f-2', price: '1.0001' },
      code: 'AMOUNT_INVALID',
      details: { field: 'price' },
    },
    { what: 'an id of no such alphabet', rest: { venueFillId: 'é' }, code: 'VALIDATION_FAILED' },
    { what: 'a quantity of nothing', rest: { venueFillId: 'f-2', quantity: '0' }, code: 'VALIDATION_FAILED' },
  ])('is refused with $what, and nothing moves', async ({ rest, code, details = {} }) => {
    const order = await limitBuy();
    const { order: before } = await fill(order);

    await expect(fill(order, rest)).rejects.toMatchObject({ code, details });

    await expect(orders.getOrder(order.orderId)).resolves.toEqual(before);
  });

  it.each([
    { terms: { orderType: 'LIMIT_SELL', limitPrice: '60' }, price: '59.999', limit: '60.000' },
    { terms: { orderType: 'MARKET_SELL', minPrice: '54' }, price: '53.999', limit: '54.000' },
    {
      terms: { orderType: 'STOP_LOSS_SELL', stopPrice: '52', limitPrice: '51' },
      price: '50.999',
      limit: '51.000',
    },
    {
      terms: { orderType: 'OCO_SELL', limitPrice: '60', stopPrice: '52', stopLimitPrice: '51' },
      price: '50.999',
      limit: '51.000',
    },
    {
      terms: { orderType: 'OCO_SELL', limitPrice: '50', stopPrice: '52', stopLimitPrice: '51' },
      price: '49.999',
      limit: '50.000',
    },
  ])('is refused at $price of $terms', async ({ terms, price, limit }) => {
    const order = await place(terms);

    const refusal = { code: 'PRICE_LIMIT_EXCEEDED', details: { price, limit } };
    await expect(fill(order, { price })).rejects.toMatchObject(refusal);
    await expect(fill(order, { price: limit })).resolves.toMatchObject({ replayed: false });
  });

  it('takes any price of a sell without a limit, and of an OCO that of either side', async () => {
    const market = await place({ orderType: 'MARKET_SELL', quantity: '5' });
    const oco = await place({ orderType: 'OCO_SELL', quantity: '5', limitPrice: '60', stopPrice: '45' });

    await expect(fill(market, { price: '1' })).resolves.toMatchObject({ order: { status: 'PROCESSING' } });
    await expect(fill(oco, { price: '44' })).resolves.toMatchObject({ order: { heldMinor: 1_000_000n } });
    await expect(fill(oco, { venueFillId: 'f-2', quantity: '1', price: '60' })).resolves.toMatchObject({
      order: { status: 'COMPLETED' },
    });
  });

  it('is refused where its fee takes all that it brings', async () => {
    const order = await place({ orderType: 'MARKET_SELL' });

    await expect(fill(order, { quantity: '0.000001', price: '1' })).rejects.toMatchObject({
      code: 'NOTIONAL_BELOW_MINIMUM',
      details: { assetId, notional: '0.00', minimum: '0.01' },
    });
  });

  it('must complete the order if it is the last that the order takes', async () => {
    const few = await exchange.list({ execution: 'VENUE', maxFills: 2 });
    await exchange.tick(few, '55');
    const order = await limitBuy({ assetId: few });
    await fill(order);

    await expect(fill(order, { venueFillId: 'f-2', quantity: '5.999999' })).rejects.toMatchObject({
      code: 'TOO_MANY_FILLS',
      details: { maxFills: 2 },
    });
    await expect(fill(order, { venueFillId: 'f-2', quantity: '6' })).resolves.toMatchObject({
      order: { status: 'COMPLETED' },
    });
  });

  it('is refused while the balance that pays is frozen, and booked once it is not', async () => {
    const order = await limitBuy();
    await exchange.balances.updateBalance({ owner, code: 'EUR', status: 'FROZEN' });
    await expect(fill(order)).rejects.toMatchObject({ code: 'BALANCE_FROZEN' });
    await exchange.balances.updateBalance({ owner, code: 'EUR', status: 'ACTIVE' });

    await expect(fill(order)).resolves.toMatchObject({ replayed: false, order: { status: 'PROCESSING' } });
  });

  it('is none of an order that the platform executes, or that is over, or that nobody placed', async () => {
    const platform = await exchange.list();
    await exchange.tick(platform, '55');
    const order = await limitBuy({ assetId: platform, quantity: '1' });
    await expect(fill(order)).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      details: { issues: [{ pointer: '/orderId', rule: 'at_a_venue' }] },
    });

    const rejected = await limitBuy();
    await flow.confirmEnd({ orderId: rejected.orderId });
    await expect(fill(rejected)).rejects.toMatchObject({ code: 'ORDER_NOT_OPEN', details: { status: 'FAILED' } });
    const orderId = '3f0e1a52-1a8b-4f53-9d9e-0c2f3a4b5c6d';
    await expect(fill({ ...order, orderId })).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND' });
  });
});

describe('the end of an order at a venue', () => {
  const cancel = ({ orderId }: Order) => flow.cancelOrder({ orderId });
  const confirm = ({ orderId }: Order) => flow.confirmEnd({ orderId });

  it('is asked for by a cancellation: all stays held, and it is listed to be ended', async () => {
    const order = await limitBuy();
    exchange.clock.set('2026-03-02T14:35:00.000Z');

    const { order: asked, replayed } = await cancel(order);

    const at = '2026-03-02T14:35:00.000Z';
    expect(replayed).toBe(false);
    expect(asked).toMatchObject({
      status: 'QUEUED',
      heldMinor: order.heldMinor,
      endRequested: { status: 'CANCELLED', at },
    });
    await expect(cancel(order)).resolves.toEqual({ order: asked, replayed: true });
    await expect(orders.getVenueOrders({ assetId, list: 'open' })).resolves.toMatchObject({ items: [] });
    await expect(orders.getVenueOrders({ assetId, list: 'end' })).resolves.toMatchObject({ items: [asked] });
  });

  it('is given by the venue, with the status that was asked for, once', async () => {
    const order = await limitBuy();
    await cancel(order);

    const { order: ended, replayed } = await confirm(order);

    expect(replayed).toBe(false);
    expect(ended).toMatchObject({ status: 'CANCELLED', heldMinor: 0n });
    await expect(exchange.holdings(owner)).resolves.toMatchObject({ EUR: { available: '1000.00', held: '0.00' } });
    await expect(confirm(order)).resolves.toEqual({ order: ended, replayed: true });
    await expect(cancel(order)).resolves.toEqual({ order: ended, replayed: true });
    await expect(orders.getVenueOrders({ assetId, list: 'end' })).resolves.toMatchObject({ items: [] });
  });

  it('is a rejection by the venue where nobody asked, also of a part', async () => {
    const order = await limitBuy();
    await fill(order);

    const { order: ended } = await confirm(order);

    expect(ended).toMatchObject({ status: 'FAILED', failureCode: 'VENUE_REJECTED', heldMinor: 0n });
    expect(ended.fills).toHaveLength(1);
    await expect(confirm(order)).resolves.toEqual({ order: ended, replayed: true });
    await expect(cancel(order)).rejects.toMatchObject({ code: 'ORDER_NOT_CANCELLABLE' });
  });

  it('is an expiry from the expiry on, whether the worker has asked for it by then or not', async () => {
    const expiresAt = new Date(exchange.clock.now().getTime() + 60_000).toISOString();
    const [late, early] = [await limitBuy({ quantity: '1', expiresAt }), await limitBuy({ quantity: '1', expiresAt })];
    exchange.clock.advance(59_999);
    const { order: rejected } = await confirm(early);
    exchange.clock.advance(1);

    const { order: expired } = await confirm(late);

    expect(rejected).toMatchObject({ status: 'FAILED', failureCode: 'VENUE_REJECTED', heldMinor: 0n });
    expect(expired).toMatchObject({ status: 'EXPIRED', heldMinor: 0n });
    expect(expired.failureCode).toBeUndefined();
    await expect(confirm(early)).resolves.toEqual({ order: rejected, replayed: true });
    await expect(confirm(late)).resolves.toEqual({ order: expired, replayed: true });
  });

  it('lets a fill in until it is confirmed', async () => {
    const order = await limitBuy();
    await cancel(order);

    const { order: filled } = await fill(order);
    expect(filled).toMatchObject({ status: 'PROCESSING', endRequested: { status: 'CANCELLED' } });
    await confirm(order);

    await expect(fill(order)).resolves.toMatchObject({ replayed: true, order: { status: 'CANCELLED' } });
    await expect(fill(order, { venueFillId: 'f-2' })).rejects.toMatchObject({ code: 'ORDER_NOT_OPEN' });
  });

  it('is refused of an order that was filled before it was confirmed', async () => {
    const order = await limitBuy();
    await cancel(order);
    await fill(order, { quantity: '10' });

    await expect(confirm(order)).rejects.toMatchObject({ code: 'ORDER_NOT_OPEN', details: { status: 'COMPLETED' } });
  });

  it('is EXPIRED where the cancellation comes after the expiry, without grace', async () => {
    const order = await limitBuy({ expiresAt: '2026-03-02T15:00:00.000Z' });
    exchange.clock.set('2026-03-02T15:00:00.000Z');

    await expect(cancel(order)).resolves.toMatchObject({ order: { endRequested: { status: 'EXPIRED' } } });
    await expect(confirm(order)).resolves.toMatchObject({ order: { status: 'EXPIRED' } });
  });

  it('is asked for by the engine at the expiry, without grace, and no tick fills the order', async () => {
    const engine = createOrderEngine({ database: exchange.database });
    const order = await limitBuy({ expiresAt: '2026-03-02T15:00:00.000Z' });
    await exchange.tick(assetId, '45.000', '2026-03-02T14:59:59.999Z');
    await engine.workTicks(assetId);
    await engine.sweepExpiries();
    await expect(orders.getOrder(order.orderId)).resolves.toEqual(order);

    exchange.clock.set('2026-03-02T15:00:00.000Z');
    await engine.sweepExpiries();

    const requested = { status: 'EXPIRED', at: '2026-03-02T15:00:00.000Z' };
    await expect(orders.getOrder(order.orderId)).resolves.toMatchObject({ status: 'QUEUED', endRequested: requested });
    await expect(fill(order)).resolves.toMatchObject({ order: { status: 'PROCESSING' } });
    await expect(confirm(order)).resolves.toMatchObject({ order: { status: 'EXPIRED', heldMinor: 0n } });
  });

  it('never comes by time to a market order', async () => {
    const order = await place({ orderType: 'MARKET_SELL' });
    exchange.clock.set('2027-03-02T14:30:00.000Z');

    await expect(cancel(order)).resolves.toMatchObject({ order: { endRequested: { status: 'CANCELLED' } } });
    await expect(confirm(order)).resolves.toMatchObject({ order: { status: 'CANCELLED' } });
    await expect(exchange.holdings(owner)).resolves.toMatchObject({ [assetId]: { held: '0.000000' } });
  });

  it('is nothing to confirm of an order that the platform executes', async () => {
    const platform = await exchange.list();
    await exchange.tick(platform, '55');
    const order = await limitBuy({ assetId: platform });

    await expect(confirm(order)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });
});
