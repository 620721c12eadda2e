import { meterRequests } from '@cnop/database-core';
import {
  flatFee,
  toOrderPreviewResponse,
  toOrderResponse,
  type FeeSchedule,
  type OrderType,
} from '@cnop/entities-order';
import type { DomainError } from '@cnop/exceptions';
import { loseResponse, refusalOf } from '@cnop/testing';
import fc from 'fast-check';
import { createOrderFlow, type PlaceOrder } from '../../src/index.ts';
import { useTestMarket } from '../support/test-market.ts';

const market = useTestMarket();
const { balances, clock, database, flow: freeFlow, orders, prices } = market;
const flowAt = (feeSchedule: FeeSchedule) => createOrderFlow({ database, priceSource: prices, feeSchedule });
const flow = flowAt(flatFee(25));

const orderOf = (owner: string, orderType: 'MARKET_BUY' | 'MARKET_SELL', rest: object = {}): PlaceOrder => ({
  owner,
  order: { orderType, assetId: 'AAPL', quantity: '3', ...rest },
});

beforeEach(() => {
  clock.set('2026-01-05T09:30:00.000Z');
  prices.set({ priceMinor: 1_001n });
});

describe('the fee of a market order', () => {
  it('goes on top of what a buyer pays, in the same entry', async () => {
    const owner = await market.trader({ usd: 10_000n });

    const { order } = await flow.placeOrder(orderOf(owner, 'MARKET_BUY'));
    const [entry] = await market.journal(owner);

    expect(order).toMatchObject({ feeBps: 25, fills: [{ notionalMinor: 3_003n, feeMinor: 8n }] });
    expect(entry).toMatchObject({ transactionType: 'ORDER_PAYMENT', feeMinor: 8n });
    expect(entry?.postings.map(({ code, amountMinor }) => [code, amountMinor])).toEqual([
      ['USD', -3_011n],
      ['AAPL', 3n],
    ]);
    await expect(market.available(owner)).resolves.toEqual({ USD: 6_989n, AAPL: 3n });
    await expect(orders.getOrder(order.orderId)).resolves.toEqual(order);
  });

  it('is asked for before the quote: an asset that is halted while a schedule thinks is not traded', async () => {
    const owner = await market.trader({ usd: 10_000n });
    const slow = flowAt({
      feeBpsFor: async () => {
        prices.set({ asset: { status: 'INACTIVE' }, priceMinor: 9_900n });
        return 5;
      },
    });

    await expect(slow.placeOrder(orderOf(owner, 'MARKET_BUY'))).rejects.toMatchObject({ code: 'ASSET_INACTIVE' });
    await expect(market.available(owner)).resolves.toEqual({ USD: 10_000n });
  });

  it('comes off what a seller receives', async () => {
    const owner = await market.trader({ aapl: 3n });

    const { order } = await flow.placeOrder(orderOf(owner, 'MARKET_SELL'));

    expect(order.fills).toMatchObject([{ notionalMinor: 3_003n, feeMinor: 8n }]);
    await expect(market.available(owner)).resolves.toEqual({ USD: 2_995n });
  });

  it('takes no further request, item or write unit', async () => {
    const [paying, free] = [await market.trader({ usd: 10_000n }), await market.trader({ usd: 10_000n })];
    const meter = meterRequests(database);

    await flow.placeOrder(orderOf(paying, 'MARKET_BUY'));
    await freeFlow.placeOrder(orderOf(free, 'MARKET_BUY'));
    meter.stop();

    const costs = meter.requests.map(({ target, items, writes }) => [target, items, writes.map(({ kind }) => kind)]);
    expect(costs).toEqual(Array(2).fill(['TransactWriteItems', 4, ['Put', 'Put', 'Update', 'Update']]));
    // Each of the two new items still fits one unit, which a transaction pays twice.
    for (const { item } of meter.requests.flatMap(({ writes }) => writes)) {
      expect(JSON.stringify(item ?? {}).length).toBeLessThan(1_024);
    }
  });

  it('is returned by a refund, the exact negation of the payment', async () => {
    const owner = await market.trader({ usd: 10_000n });
    const { order } = await flow.placeOrder(orderOf(owner, 'MARKET_BUY'));

    await freeFlow.refundOrder({ orderId: order.orderId });
    const [refund, payment] = await market.journal(owner);

    expect(refund).toMatchObject({ transactionType: 'ORDER_REFUND', feeMinor: 8n });
    expect(refund?.postings).toEqual(
      payment?.postings.map((posting) => ({ ...posting, amountMinor: -posting.amountMinor })),
    );
    await expect(market.available(owner)).resolves.toEqual({ USD: 10_000n });
  });

  it('of a refunded sale is returned with what the sale brought', async () => {
    const owner = await market.trader({ aapl: 3n });
    const { order } = await flow.placeOrder(orderOf(owner, 'MARKET_SELL'));

    await flow.refundOrder({ orderId: order.orderId });

    await expect(market.available(owner)).resolves.toEqual({ AAPL: 3n });
  });

  it('must be covered too, and is in the figures of the refusal', async () => {
    const owner = await market.trader({ usd: 3_010n });

    const refusal = await refusalOf(flow.placeOrder(orderOf(owner, 'MARKET_BUY')));
    await market.deposit(owner, 1n);

    expect(refusal).toMatchObject({
      code: 'BALANCE_INSUFFICIENT',
      details: { code: 'USD', available: '30.10', required: '30.11' },
    });
    await expect(flow.placeOrder(orderOf(owner, 'MARKET_BUY'))).resolves.toMatchObject({ replayed: false });
    await expect(market.available(owner)).resolves.toEqual({ AAPL: 3n });
  });

  it('is no part of the price that a cap or a floor is about', async () => {
    const owner = await market.trader({ usd: 10_000n });

    const { order } = await flow.placeOrder(orderOf(owner, 'MARKET_BUY', { maxPrice: '10.01' }));
    const sold = await flow.placeOrder(orderOf(owner, 'MARKET_SELL', { minPrice: '10.01' }));

    expect([order.status, sold.order.status]).toEqual(['COMPLETED', 'COMPLETED']);
  });

  it('refuses a sale that it takes whole, before anything is written', async () => {
    const owner = await market.trader({ aapl: 1n });
    prices.set({ priceMinor: 1n });
    const before = await market.itemsOf(owner);

    const refusal = await refusalOf(flow.placeOrder(orderOf(owner, 'MARKET_SELL', { quantity: '1' })));

    expect(refusal).toMatchObject({ code: 'NOTIONAL_BELOW_MINIMUM', details: { notional: '0.01', minimum: '0.02' } });
    await expect(market.itemsOf(owner)).resolves.toEqual(before);
  });
});

describe('a fee schedule', () => {
  it('is asked by owner, asset and order type', async () => {
    const owner = await market.trader({ usd: 10_000n });
    const rates: Partial<Record<OrderType, number>> = { MARKET_BUY: 100 };
    const subjects: unknown[] = [];
    const byType = flowAt({
      feeBpsFor: async (subject) => {
        subjects.push(subject);
        return rates[subject.orderType] ?? 0;
      },
    });

    const bought = await byType.placeOrder(orderOf(owner, 'MARKET_BUY'));
    const sold = await byType.placeOrder(orderOf(owner, 'MARKET_SELL'));

    expect(bought.order.fills).toMatchObject([{ feeMinor: 31n }]);
    expect(sold.order).not.toHaveProperty('feeBps');
    expect(sold.order.fills[0]).not.toHaveProperty('feeMinor');
    expect(subjects).toEqual([
      { owner, assetId: 'AAPL', orderType: 'MARKET_BUY' },
      { owner, assetId: 'AAPL', orderType: 'MARKET_SELL' },
    ]);
  });

  it.each<[string, FeeSchedule]>([
    ['says another fee by then', flatFee(1_000)],
    ['fails by then', { feeBpsFor: () => Promise.reject(new Error('down')) }],
    ['gives no fee by then', { feeBpsFor: () => NaN }],
  ])('that %s changes nothing of an order that is repeated', async (_, later) => {
    const owner = await market.trader({ usd: 3_011n });
    const request = orderOf(owner, 'MARKET_BUY', { clientOrderId: 'a-1' });
    const first = await flow.placeOrder(request);

    const repeat = await flowAt(later).placeOrder(request);

    expect(repeat).toEqual({ order: first.order, replayed: true });
    await expect(market.available(owner)).resolves.toEqual({ AAPL: 3n });
  });

  it.each<[string, string, FeeSchedule]>([
    [
      'FEE_UNAVAILABLE',
      'throws',
      {
        feeBpsFor: () => {
          throw new TypeError('no tier');
        },
      },
    ],
    ['FEE_UNAVAILABLE', 'rejects', { feeBpsFor: () => Promise.reject(new Error('down')) }],
    ['FEE_INVALID', 'gives a fraction', { feeBpsFor: () => 2.5 }],
    ['FEE_INVALID', 'gives more than a tenth', { feeBpsFor: () => 1_001 }],
    ['FEE_INVALID', 'gives a rebate', { feeBpsFor: () => -1 }],
  ])('is %s when it %s, before anything is written', async (code, _, feeSchedule) => {
    const owner = await market.trader({ usd: 10_000n });
    const before = await market.itemsOf(owner);
    const failing = flowAt(feeSchedule);

    const placed = await refusalOf(failing.placeOrder(orderOf(owner, 'MARKET_BUY', { clientOrderId: 'a-1' })));
    const previewed = await refusalOf(failing.previewOrder(orderOf(owner, 'MARKET_BUY')));

    expect(placed).toMatchObject({ code, retryable: true, details: { assetId: 'AAPL' } });
    expect(previewed).toEqual(placed);
    await expect(market.itemsOf(owner)).resolves.toEqual(before);
  });

  it('is asked before the price is judged, which may grow stale meanwhile', async () => {
    const owner = await market.trader({ usd: 10_000n });
    const slow = flowAt({
      feeBpsFor: async () => {
        clock.advance(60_001);
        return 0;
      },
    });

    await expect(refusalOf(slow.placeOrder(orderOf(owner, 'MARKET_BUY')))).resolves.toMatchObject({
      code: 'PRICE_STALE',
    });
  });
});

describe('an order with a fee whose response is lost', () => {
  it('is executed once, at the fee that it was sent with', async () => {
    const process = market.connect();
    const owner = await market.trader({ usd: 10_000n });
    let feeBps = 0;
    const rising = createOrderFlow({
      database: process.database,
      priceSource: prices,
      feeSchedule: { feeBpsFor: () => (feeBps += 25) },
    });
    process.http.script('TransactWriteItems', loseResponse());

    const { order } = await rising.placeOrder(orderOf(owner, 'MARKET_BUY'));

    expect(order).toMatchObject({ feeBps: 25, fills: [{ feeMinor: 8n }] });
    expect(feeBps).toBe(25);
    await expect(market.available(owner)).resolves.toEqual({ USD: 6_989n, AAPL: 3n });
  });
});

describe('a preview with a fee', () => {
  it('shows what would be paid and received with it, in decimal texts', async () => {
    const owner = await market.trader({ usd: 3_010n, aapl: 3n });

    const buy = toOrderPreviewResponse(await flow.previewOrder(orderOf(owner, 'MARKET_BUY')));
    const sell = toOrderPreviewResponse(await flow.previewOrder(orderOf(owner, 'MARKET_SELL')));

    expect(buy).toMatchObject({
      notional: '30.03',
      feeBps: 25,
      fee: '0.08',
      debit: { amount: '30.11' },
      covered: false,
    });
    expect(sell).toMatchObject({ notional: '30.03', feeBps: 25, fee: '0.08', credit: { amount: '29.95' } });
  });

  it('says just what placing the order then does, whatever the order and its fee', async () => {
    const anyOrder = fc.record({
      orderType: fc.constantFrom('MARKET_BUY' as const, 'MARKET_SELL' as const),
      quantity: fc.integer({ min: 1, max: 12 }).map(String),
    });
    const owner = await market.trader({ usd: 30_000n, aapl: 7n });

    await fc.assert(
      fc.asyncProperty(anyOrder, fc.integer({ min: 0, max: 1_000 }), async (rest, feeBps) => {
        const before = await market.available(owner);
        const charged = flowAt(flatFee(feeBps));
        const order = { assetId: 'AAPL', ...rest };
        const preview = await charged.previewOrder({ owner, order });
        const { debit, credit } = preview;

        const placed = await charged
          .placeOrder({ owner, order })
          .catch((error: unknown) => (error as DomainError).code);

        const after = await market.available(owner);
        if (!preview.isCovered) {
          expect([placed, after]).toEqual(['BALANCE_INSUFFICIENT', before]);
          return;
        }
        expect((after[credit.code] ?? 0n) - (before[credit.code] ?? 0n)).toBe(credit.amountMinor);
        expect((after[debit.code] ?? 0n) - (before[debit.code] ?? 0n)).toBe(-debit.amountMinor);
      }),
      { numRuns: 25 },
    );
  });
});

describe('an order in a response', () => {
  it('shows the rate, the fee of each fill, and their sum', async () => {
    const owner = await market.trader({ usd: 10_000n });

    const charged = toOrderResponse((await flow.placeOrder(orderOf(owner, 'MARKET_BUY'))).order);
    const free = toOrderResponse((await freeFlow.placeOrder(orderOf(owner, 'MARKET_BUY'))).order);

    expect(charged).toMatchObject({ notional: '30.03', feeBps: 25, fee: '0.08', fills: [{ fee: '0.08' }] });
    expect(free).toMatchObject({ notional: '30.03', feeBps: 0, fee: '0.00', fills: [{ fee: '0.00' }] });
    await expect(balances.getBalance(owner, 'AAPL')).resolves.toMatchObject({ availableMinor: 6n });
  });
});
