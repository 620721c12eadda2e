import { flatFee } from '@cnop/entities-order';
import { sharedErrors } from '@cnop/exceptions';
import type { PlaceOrder } from '../../src/index.ts';
import { useTestExchange } from '../support/test-exchange.ts';

const exchange = useTestExchange();
const { flow, orders } = exchange;
let assetId: string;

const orderOf = (terms: object): PlaceOrder['order'] => ({ assetId, quantity: '1', ...terms }) as PlaceOrder['order'];
const place = (owner: string, terms: object, on = flow) => on.placeOrder({ owner, order: orderOf(terms) });

beforeEach(async () => {
  exchange.clock.set('2026-03-02T14:30:00.000Z');
  assetId = await exchange.list({ execution: 'VENUE' });
  await exchange.tick(assetId, '50.000');
});

describe('a market order on an asset that a venue executes', () => {
  it('waits, and holds the dearest it may cost: the collar above the reference price, in 32 fills', async () => {
    const owner = await exchange.trader({ EUR: '1000.00' });

    const { order } = await place(owner, { orderType: 'MARKET_BUY', quantity: '2' });

    // ⌈52.500 × 2⌉, and a cent for each of the 31 fills that may follow the first.
    expect(order).toMatchObject({ status: 'QUEUED', execution: 'VENUE', maxFills: 32, heldMinor: 10_531n });
    expect(order).toMatchObject({ holdPriceMinor: 52_500n, maxPriceMinor: 52_500n, collarBps: 500, fills: [] });
    expect([order.expiresAt, order.activeAsOf, order.timeInForce]).toEqual([undefined, undefined, undefined]);
    await expect(exchange.holdings(owner)).resolves.toEqual({ EUR: { available: '894.69', held: '105.31' } });
    const { items } = await orders.getVenueOrders({ assetId, list: 'open' });
    expect(items).toEqual([order]);
  });

  it('holds up to its maximum price, with the fee and its roundings', async () => {
    const owner = await exchange.trader({ EUR: '1000.00' });
    const { flow: charging } = exchange.connect({ flow: { feeSchedule: flatFee(25) } });

    const { order } = await place(owner, { orderType: 'MARKET_BUY', maxPrice: '51' }, charging);

    // 51.00 and 31 cents, the fee of that, and a cent for the fee of each of the 31 fills.
    expect(order).toMatchObject({ maxPriceMinor: 51_000n, feeBps: 25, heldMinor: 5_131n + 13n + 31n });
    expect(order.collarBps).toBeUndefined();
  });

  it('holds the quantity of a sell, and keeps its minimum price', async () => {
    const owner = await exchange.trader({ [assetId]: '3' });

    const { order } = await place(owner, { orderType: 'MARKET_SELL', quantity: '2', minPrice: '49' });

    expect(order).toMatchObject({ status: 'QUEUED', heldMinor: 2_000_000n, minPriceMinor: 49_000n });
    expect([order.holdPriceMinor, order.maxPriceMinor, order.collarBps]).toEqual([undefined, undefined, undefined]);
  });

  it('is the same order under the same client order id', async () => {
    const owner = await exchange.trader({ EUR: '1000.00' });
    const request = { orderType: 'MARKET_BUY', quantity: '2', clientOrderId: 'a-1' } as const;
    const first = await place(owner, request);
    await exchange.tick(assetId, '51.000', '2026-03-02T14:31:00.000Z');

    await expect(place(owner, { ...request, quantity: '2.0' })).resolves.toEqual({ ...first, replayed: true });
    await expect(place(owner, { ...request, quantity: '3' })).rejects.toThrow(sharedErrors.IdempotencyKeyReusedError);
  });

  it('is judged by the price as it is stored, not by a cached quote', async () => {
    const owner = await exchange.trader({ EUR: '1000.00' });
    await flow.previewOrder({ owner, order: orderOf({ orderType: 'MARKET_BUY' }) });
    await exchange.assets.setPrice({ assetId, price: '60', asOf: '2026-03-02T14:30:00.001Z', source: 'test' });

    const { order } = await place(owner, { orderType: 'MARKET_BUY', quantity: '1' });

    expect(order.holdPriceMinor).toBe(63_000n);
  });

  it('is executed at once where the asset is no longer at a venue, whatever quote is cached', async () => {
    const owner = await exchange.trader({ EUR: '1000.00' });
    await flow.previewOrder({ owner, order: orderOf({ orderType: 'MARKET_BUY' }) });
    const { termsVersion } = await exchange.assets.getAsset(assetId);
    await exchange.assets.updateAsset({ assetId, expectedVersion: termsVersion, changes: { execution: null } });

    const { order } = await place(owner, { orderType: 'MARKET_BUY', quantity: '1' });

    expect(order).toMatchObject({ status: 'COMPLETED', heldMinor: 0n });
  });

  it.each([
    ['MARKET_BUY', { maxPrice: '49.999' }, 'PRICE_LIMIT_EXCEEDED'],
    ['MARKET_SELL', { minPrice: '50.001' }, 'PRICE_LIMIT_EXCEEDED'],
    ['MARKET_BUY', { quantity: '0.000099' }, 'QUANTITY_BELOW_MINIMUM'],
    ['MARKET_BUY', { quantity: '0.010000' }, 'NOTIONAL_BELOW_MINIMUM'],
    ['MARKET_BUY', { quantity: '1000' }, 'BALANCE_INSUFFICIENT'],
  ])('refuses a %s with %j: %s', async (orderType, terms, code) => {
    const owner = await exchange.trader({ EUR: '1000.00', [assetId]: '1' });

    await expect(place(owner, { orderType, ...terms })).rejects.toMatchObject({ code });
  });

  it('is refused while the price is stale, or may be a misprint', async () => {
    const owner = await exchange.trader({ EUR: '1000.00' });
    exchange.clock.set('2026-03-02T14:31:00.001Z');
    await expect(place(owner, { orderType: 'MARKET_BUY', quantity: '1' })).rejects.toMatchObject({
      code: 'PRICE_STALE',
    });

    const banded = await exchange.list({ execution: 'VENUE', maxTickMoveBps: 100 });
    await exchange.tick(banded, '50');
    await exchange.tick(banded, '70', '2026-03-02T14:31:01.000Z');
    const order = { orderType: 'MARKET_BUY', assetId: banded, quantity: '1' } as const;
    await expect(flow.placeOrder({ owner, order })).rejects.toMatchObject({ code: 'PRICE_UNAVAILABLE' });
  });

  it('is previewed with what it would hold', async () => {
    const owner = await exchange.trader({ EUR: '105.30' });

    const preview = await flow.previewOrder({ owner, order: orderOf({ orderType: 'MARKET_BUY', quantity: '2' }) });

    expect(preview).toMatchObject({ priceMinor: 50_000n, notionalMinor: 10_000n, isCovered: false });
    expect(preview.debit.amountMinor).toBe(10_531n);
    expect(preview.standing).toEqual({
      holdMinor: 10_531n,
      holdPriceMinor: 52_500n,
      triggerPriceMinor: 50_000n,
      wouldExecute: false,
      wouldTrigger: false,
    });
  });
});

describe('other orders on it', () => {
  it('rest, even a limit order that the reference price meets, and are executed by no tick', async () => {
    const owner = await exchange.trader({ EUR: '1000.00' });

    const { order } = await place(owner, { orderType: 'LIMIT_BUY', quantity: '1', limitPrice: '51' });
    await exchange.tick(assetId, '40', '2026-03-02T14:31:00.000Z');

    expect(order).toMatchObject({ status: 'QUEUED', execution: 'VENUE', maxFills: 32 });
    const cancelled = await flow.cancelOrder({ orderId: order.orderId });
    expect(cancelled.order).toMatchObject({ status: 'QUEUED', endRequested: { status: 'CANCELLED' } });
  });

  it('take as many fills as their asset says', async () => {
    const few = await exchange.list({ execution: 'VENUE', maxFills: 3 });
    await exchange.tick(few, '50');
    const owner = await exchange.trader({ EUR: '1000.00' });

    for (const terms of [{ orderType: 'MARKET_BUY' }, { orderType: 'LIMIT_BUY', limitPrice: '40' }]) {
      const { order } = await flow.placeOrder({ owner, order: orderOf({ assetId: few, ...terms }) });
      expect(order.maxFills).toBe(3);
    }
  });

  it.each([
    [{ quantity: '1', timeInForce: 'IOC' }, '/timeInForce'],
    [{ quantity: '1', timeInForce: 'FOK' }, '/timeInForce'],
    [{ quantity: undefined, notional: '100' }, '/notional'],
  ])('are refused with %j', async (terms, pointer) => {
    const owner = await exchange.trader({ EUR: '1000.00' });

    const refusal = place(owner, { orderType: 'LIMIT_BUY', limitPrice: '51', ...terms });

    await expect(refusal).rejects.toMatchObject({ code: 'VALIDATION_FAILED', details: { issues: [{ pointer }] } });
  });

  it('are no stop that triggers: a venue decides when', async () => {
    const owner = await exchange.trader({ [assetId]: '1' });

    const { order } = await place(owner, { orderType: 'STOP_LOSS_SELL', quantity: '1', stopPrice: '55' });

    expect(order.status).toBe('QUEUED');
  });
});
