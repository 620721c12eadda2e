import {
  orderListResponseSchema,
  orderResponseSchema,
  toOrderListResponse,
  toOrderResponse,
} from '@cnop/entities-order';
import { makeFill, makeOrder } from '@cnop/entities-order/testing';
import { parseDecimal, withoutUndefined } from '@cnop/utils';
import fc from 'fast-check';

import { orders } from './arbitraries.ts';

describe(toOrderResponse, () => {
  it('shows a completed order in decimal texts', () => {
    const response = toOrderResponse(makeOrder({ maxPriceMinor: 15_100n, note: 'for the pension' }));

    expect(response).toStrictEqual({
      orderId: '0190f1d4-5c3e-7a10-8b2f-3d6c1e5a9b70',
      username: 'alice',
      orderType: 'MARKET_BUY',
      status: 'COMPLETED',
      assetId: 'AAPL',
      currency: 'USD',
      quantity: '10',
      filledQuantity: '10',
      averagePrice: '150.25',
      notional: '1502.50',
      feeBps: 0,
      fee: '0.00',
      maxPrice: '151.00',
      fills: [
        {
          transactionId: '01KE6X5Z3V7Q2M9T4B8N1C0DFG',
          price: '150.25',
          quantity: '10',
          notional: '1502.50',
          fee: '0.00',
          executedAt: '2026-01-05T09:30:00.000Z',
        },
      ],
      note: 'for the pension',
      createdAt: '2026-01-05T09:30:00.000Z',
      updatedAt: '2026-01-05T09:30:00.000Z',
      version: 1,
    });
  });

  it('shows the rate of the fee, the fee of each fill, and their sum', () => {
    const fills = [makeFill({ feeMinor: 376n }), makeFill({ feeMinor: 24n }), makeFill()];

    const response = toOrderResponse(makeOrder({ feeBps: 25, fills }));

    expect(response).toMatchObject({
      feeBps: 25,
      fee: '4.00',
      fills: [{ fee: '3.76' }, { fee: '0.24' }, { fee: '0.00' }],
    });
  });

  it('shows an order without fills as filled by nothing, without an average price', () => {
    const response = toOrderResponse(makeOrder({ status: 'PENDING' }));

    expect(response).toMatchObject({ filledQuantity: '0', notional: '0.00', fills: [] });
    expect(response).not.toHaveProperty('averagePrice');
  });

  it('never shows what is stored only for the libraries', () => {
    expect(toOrderResponse(makeOrder({ status: 'QUEUED', heldMinor: 5n }))).not.toHaveProperty('heldMinor');
  });

  it('gives every valid order a response that its schema accepts and JSON carries', () => {
    fc.assert(
      fc.property(orders, (order) => {
        const response = toOrderResponse(order);

        expect(orderResponseSchema.parse(JSON.parse(JSON.stringify(response)))).toStrictEqual(response);
      }),
    );
  });

  it('gives amounts that read back exactly', () => {
    fc.assert(
      fc.property(orders, (order) => {
        const response = toOrderResponse(order);

        expect(parseDecimal(response.quantity, order.quantityScale)).toBe(order.quantityMinor);
        expect(response.limitPrice && parseDecimal(response.limitPrice, order.priceScale)).toBe(order.limitPriceMinor);
        expect(response.maxPrice && parseDecimal(response.maxPrice, order.priceScale)).toBe(order.maxPriceMinor);
        expect(response.minPrice && parseDecimal(response.minPrice, order.priceScale)).toBe(order.minPriceMinor);
        expect(
          response.fills.map((fill) => ({
            transactionId: fill.transactionId,
            priceMinor: parseDecimal(fill.price, order.priceScale),
            quantityMinor: parseDecimal(fill.quantity, order.quantityScale),
            notionalMinor: parseDecimal(fill.notional, order.currencyScale),
            feeMinor: parseDecimal(fill.fee, order.currencyScale),
            ...withoutUndefined({ tickAsOf: fill.tickAsOf, venueFillId: fill.venueFillId }),
            executedAt: fill.executedAt,
          })),
        ).toStrictEqual(order.fills.map((fill) => ({ feeMinor: 0n, ...fill })));
      }),
    );
  });
});

describe(toOrderListResponse, () => {
  it('shows each order and the cursor to the next page', () => {
    const items = [makeOrder(), makeOrder({ assetId: 'MSFT' })];

    const response = toOrderListResponse({ items, nextCursor: 'abc' });

    expect(response).toStrictEqual({ items: items.map((order) => toOrderResponse(order)), nextCursor: 'abc' });
    expect(orderListResponseSchema.parse(response)).toStrictEqual(response);
  });

  it('shows the watermarks that are known of trails', () => {
    const trail = makeOrder({
      ...{ orderType: 'TRAILING_STOP_SELL', status: 'QUEUED', fills: [], heldMinor: 1n, quantityMinor: 1n },
      ...{ trailBps: 1_000, watermarkMinor: 100n, priceScale: 2 },
      ...{ activeAsOf: '2026-03-02T14:30:00.000Z', expiresAt: '2026-03-03T14:30:00.000Z', timeInForce: 'GTC' },
    });
    const watermark = { watermarkMinor: 200n, asOf: '2026-03-02T15:00:00.000Z' };

    const { items } = toOrderListResponse({ items: [trail] }, new Map([[trail.orderId, watermark]]));

    expect(items).toStrictEqual([toOrderResponse(trail, watermark)]);
    expect(items).toMatchObject([{ watermark: '2.00', watermarkAsOf: watermark.asOf, stopPrice: '1.80' }]);
  });

  it('has no cursor on the last page', () => {
    expect(toOrderListResponse({ items: [] })).toStrictEqual({ items: [] });
  });
});

describe('averagePrice', () => {
  const averageOf = (...fills: [price: bigint, quantity: bigint][]) =>
    toOrderResponse(
      makeOrder({ fills: fills.map(([priceMinor, quantityMinor]) => makeFill({ priceMinor, quantityMinor })) }),
    ).averagePrice;

  it('weighs the prices by quantity', () => {
    expect(averageOf([100n, 3n], [200n, 1n])).toBe('1.25');
  });

  it('takes more decimals than the price has where the mean needs them', () => {
    expect(averageOf([100n, 1n], [101n, 7n])).toBe('1.00875');
  });

  it('is cut off after 18 decimals where none are enough', () => {
    expect(averageOf([100n, 1n], [200n, 2n])).toBe('1.666666666666666666');
  });
});
