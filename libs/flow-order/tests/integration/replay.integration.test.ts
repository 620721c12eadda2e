import { orderIdFor } from '@cnop/entities-order';
import { makeOrderDraft } from '@cnop/entities-order/testing';
import { refusalOf } from '@cnop/testing';
import type { PlaceOrder } from '../../src/index.ts';
import { useTestMarket } from '../support/test-market.ts';

const market = useTestMarket();
const { clock, flow, prices } = market;

const buy = (owner: string, rest: object = {}): PlaceOrder => ({
  owner,
  order: { orderType: 'MARKET_BUY', assetId: 'AAPL', quantity: '1', clientOrderId: 'a-1', ...rest },
});

beforeEach(() => {
  clock.set('2026-01-05T09:30:00.000Z');
  prices.set({ priceMinor: 1_000n });
});

describe('a repeat of placeOrder', () => {
  it.each([
    ['by client order id', { clientOrderId: 'a-1' }, undefined],
    ['by idempotency key', {}, 'a-1'],
    ['by both, if they are the same', { clientOrderId: 'a-1' }, 'a-1'],
  ])('is answered with the first order: %s', async (_, fields, idempotencyKey) => {
    const owner = await market.trader({ usd: 10_000n });
    const order = { orderType: 'MARKET_BUY', assetId: 'AAPL', quantity: '1', ...fields } as const;

    const first = await flow.placeOrder({ owner, order, idempotencyKey });
    const second = await flow.placeOrder({ owner, order, idempotencyKey });

    expect(first).toMatchObject({
      replayed: false,
      order: { clientOrderId: 'a-1', orderId: orderIdFor(owner, 'a-1') },
    });
    expect(second).toStrictEqual({ order: first.order, replayed: true });
    await expect(market.available(owner)).resolves.toEqual({ USD: 9_000n, AAPL: 1n });
  });

  it('may name the key either way', async () => {
    const owner = await market.trader({ usd: 10_000n });
    const { order } = await flow.placeOrder(buy(owner));

    const { clientOrderId: idempotencyKey, ...unnamed } = buy(owner).order;
    const repeat = await flow.placeOrder({ owner, order: unnamed, idempotencyKey });

    expect(repeat).toStrictEqual({ order, replayed: true });
  });

  it('is a new order where the client names none', async () => {
    const owner = await market.trader({ usd: 10_000n });
    const unnamed = buy(owner, { clientOrderId: undefined });

    const first = await flow.placeOrder(unnamed);
    const second = await flow.placeOrder(unnamed);

    expect([first.replayed, second.replayed]).toEqual([false, false]);
    expect(first.order.orderId).not.toBe(second.order.orderId);
    await expect(market.available(owner)).resolves.toEqual({ USD: 8_000n, AAPL: 2n });
  });

  it('takes "1" and "1.0" for one', async () => {
    prices.set({ asset: { assetId: 'MILLI', decimals: 3 }, priceMinor: 1_000n });
    const owner = await market.trader({ usd: 10_000n });
    const milli = (quantity: string, maxPrice: string) => buy(owner, { assetId: 'MILLI', quantity, maxPrice });

    const { order } = await flow.placeOrder(milli('1', '11'));

    await expect(flow.placeOrder(milli('1.0', '11.00'))).resolves.toStrictEqual({ order, replayed: true });
    await expect(flow.placeOrder(milli('1.000', '11.0'))).resolves.toStrictEqual({ order, replayed: true });
  });

  it.each([
    ['another quantity', { quantity: '2' }],
    ['a quantity that the stored order could not have', { quantity: '1.5' }],
    ['another asset', { assetId: 'BTC' }],
    ['an asset that does not exist', { assetId: 'NONE' }],
    ['the other side', { orderType: 'MARKET_SELL' }],
    ['a cap', { maxPrice: '11.00' }],
    ['another type', { orderType: 'LIMIT_BUY', limitPrice: '10.00' }],
  ])('with another body is refused, and changes nothing: %s', async (_, rest) => {
    const owner = await market.trader({ usd: 10_000n });
    await flow.placeOrder(buy(owner));
    const items = await market.itemsOf(owner);

    const refusal = await refusalOf(flow.placeOrder(buy(owner, rest)));

    expect(refusal).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED', details: {} });
    await expect(market.itemsOf(owner)).resolves.toEqual(items);
  });

  it('shows the note and the metadata that it was placed with, in lists too', async () => {
    const owner = await market.trader({ usd: 10_000n });
    const remarks = { note: 'for the pension', metadata: { desk: 'north', batch: '7' } };
    const first = await flow.placeOrder(buy(owner, remarks));

    const repeat = await flow.placeOrder(buy(owner, { ...remarks, metadata: { batch: '7', desk: 'north' } }));

    expect(first.order).toMatchObject(remarks);
    expect(repeat).toStrictEqual({ order: first.order, replayed: true });
    await expect(market.orders.getOrder(first.order.orderId)).resolves.toStrictEqual(first.order);
    await expect(market.orders.getOrders({ owner })).resolves.toMatchObject({ items: [remarks] });
  });

  it('is known by the note it was placed with, whatever it says by now', async () => {
    const owner = await market.trader({ usd: 10_000n });
    const request = buy(owner, { note: 'for the pension' });
    const { order } = await flow.placeOrder(request);
    const updated = await market.orders.updateOrder({
      orderId: order.orderId,
      expectedVersion: 1,
      changes: { note: 'for the house' },
    });

    await expect(flow.placeOrder(request)).resolves.toStrictEqual({ order: updated, replayed: true });
    await expect(refusalOf(flow.placeOrder(buy(owner, { note: 'for the house' })))).resolves.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
  });

  it.each([
    ['note', { note: 'another' }],
    ['metadata', { metadata: { desk: 'south' } }],
  ])('with another %s is refused, and also when it could not be placed now', async (_, other) => {
    const owner = await market.trader({ usd: 10_000n });
    await flow.placeOrder(buy(owner));
    const first = await refusalOf(flow.placeOrder(buy(owner, other)));
    clock.advance(60_001);
    const later = await refusalOf(flow.placeOrder(buy(owner, other)));

    expect([first.code, later.code]).toEqual(['IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_KEY_REUSED']);
  });

  it.each([
    ['cap', { maxPrice: '10.00' }, { maxPrice: '12.00' }],
    ['floor', { orderType: 'MARKET_SELL', minPrice: '9.00' }, { orderType: 'MARKET_SELL', minPrice: '8.00' }],
  ])('with another %s is refused', async (_, limit, other) => {
    const owner = await market.trader({ usd: 10_000n, aapl: 1n });
    await flow.placeOrder(buy(owner, limit));

    await expect(refusalOf(flow.placeOrder(buy(owner, other)))).resolves.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
  });

  interface Obstacle {
    readonly rise: (owner: string) => unknown;
    readonly lift?: () => void;
  }

  const obstacles: Record<string, Obstacle> = {
    'the cash is spent': { rise: (owner) => market.withdraw(owner, 9_000n) },
    'the cash is frozen': {
      rise: (owner) => market.balances.updateBalance({ owner, code: 'USD', status: 'FROZEN' }),
    },
    'the asset is inactive': { rise: () => prices.set({ asset: { status: 'INACTIVE' }, priceMinor: 1_000n }) },
    'the price is stale': { rise: () => clock.advance(60_001) },
    'the price is beyond the cap': { rise: () => prices.set({ priceMinor: 2_000n }) },
    'the minimums have been raised': {
      rise: () => prices.set({ asset: { minQuantityMinor: 5n, minNotionalMinor: 1_000_000n }, priceMinor: 1_000n }),
    },
  };

  it.each(Object.entries(obstacles))('wins over every refusal: %s', async (_, { rise }) => {
    const owner = await market.trader({ usd: 10_000n });
    const request = buy(owner, { maxPrice: '15.00' });
    const { order } = await flow.placeOrder(request);
    await rise(owner);

    const repeat = await flow.placeOrder(request);
    const other = await refusalOf(flow.placeOrder(buy(owner, { maxPrice: '14.00' })));

    expect(repeat).toStrictEqual({ order, replayed: true });
    expect(other.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('wins over a refusal at the scales of the stored order', async () => {
    const owner = await market.trader({ usd: 10_000n });
    const bitcoin = (quantity: string, maxPrice: string) => buy(owner, { assetId: 'BTC', quantity, maxPrice });
    const { order } = await flow.placeOrder(bitcoin('0.001', '61300.5'));
    clock.advance(60_001);

    const repeat = await flow.placeOrder(bitcoin('0.00100000', '61300.50'));
    const other = await refusalOf(flow.placeOrder(bitcoin('0.00100001', '61300.50')));

    expect(repeat).toStrictEqual({ order, replayed: true });
    expect(other.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('wins when there is no quote at all', async () => {
    const owner = await market.trader({ usd: 10_000n });
    const { order } = await flow.placeOrder(buy(owner));
    const getQuote = jest.spyOn(prices, 'getQuote').mockRejectedValueOnce(new Error('The feed is down.'));

    await expect(flow.placeOrder(buy(owner))).resolves.toStrictEqual({ order, replayed: true });
    expect(getQuote).toHaveBeenCalledTimes(1);
    getQuote.mockRestore();
  });

  it('says of a price source that fails that there is no price, where there is no order', async () => {
    const owner = await market.trader({ usd: 10_000n });
    const failure = new Error('The feed is broken.');
    const getQuote = jest.spyOn(prices, 'getQuote').mockRejectedValue(failure);

    const refusal = { code: 'PRICE_UNAVAILABLE', cause: failure };
    await expect(flow.placeOrder(buy(owner))).rejects.toMatchObject(refusal);
    await expect(flow.placeOrder(buy(owner, { clientOrderId: undefined }))).rejects.toMatchObject(refusal);
    getQuote.mockRestore();
  });

  it('shows the order as it now stands: with its refund and its note', async () => {
    const owner = await market.trader({ usd: 10_000n });
    const { order } = await flow.placeOrder(buy(owner));
    const refunded = await flow.refundOrder({ orderId: order.orderId });
    const changes = { note: 'By mistake.' };
    await market.orders.updateOrder({ orderId: order.orderId, expectedVersion: 2, changes });

    const repeat = await flow.placeOrder(buy(owner));

    expect(repeat.replayed).toBe(true);
    expect(repeat.order).toMatchObject({
      status: 'COMPLETED',
      fills: order.fills,
      refundTransactionId: refunded.order.refundTransactionId,
      note: 'By mistake.',
      version: 3,
    });
    await expect(market.available(owner)).resolves.toEqual({ USD: 10_000n });
  });

  it('is not the order that is waiting, if that was only stored under the same key', async () => {
    const owner = await market.trader({ usd: 10_000n });
    await market.orders.createOrder(makeOrderDraft({ owner, quantityMinor: 1n, clientOrderId: 'a-1' }));

    await expect(flow.placeOrder(buy(owner))).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    await expect(market.available(owner)).resolves.toEqual({ USD: 10_000n });
  });

  it('is of one user: two with the same client order id get two orders', async () => {
    const [one, two] = [await market.trader({ usd: 1_000n }), await market.trader({ usd: 1_000n })];

    const first = await flow.placeOrder(buy(one));
    const second = await flow.placeOrder(buy(two));

    expect([first.replayed, second.replayed]).toEqual([false, false]);
    expect(first.order.orderId).not.toBe(second.order.orderId);
    await expect(Promise.all([one, two].map((each) => market.available(each)))).resolves.toEqual([
      { AAPL: 1n },
      { AAPL: 1n },
    ]);
  });

  it('takes client order ids that differ in case for two', async () => {
    const owner = await market.trader({ usd: 10_000n });

    await flow.placeOrder(buy(owner, { clientOrderId: 'a' }));
    const second = await flow.placeOrder(buy(owner, { clientOrderId: 'A' }));

    expect(second.replayed).toBe(false);
  });

  it('of what was refused is tried again: after a deposit it is executed', async () => {
    const owner = await market.trader({ usd: 999n });
    await expect(refusalOf(flow.placeOrder(buy(owner)))).resolves.toMatchObject({ code: 'BALANCE_INSUFFICIENT' });
    await market.deposit(owner, 1n);

    const second = await flow.placeOrder(buy(owner));
    const third = await flow.placeOrder(buy(owner));

    expect(second).toMatchObject({ replayed: false, order: { status: 'COMPLETED' } });
    expect(third).toStrictEqual({ order: second.order, replayed: true });
    await expect(market.available(owner)).resolves.toEqual({ AAPL: 1n });
  });

  it('of what was refused may even have another body', async () => {
    const owner = await market.trader({ usd: 1_000n });
    await refusalOf(flow.placeOrder(buy(owner, { quantity: '2' })));

    await expect(flow.placeOrder(buy(owner))).resolves.toMatchObject({ replayed: false });
  });
});
