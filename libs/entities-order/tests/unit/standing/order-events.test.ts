import { orderEventsResponseSchema, toOrderEventsResponse, type OrderEvent } from '@cnop/entities-order';
import { makeFill, makeOrder } from '@cnop/entities-order/testing';

const at = '2026-03-02T14:30:00.000Z';
const tickAsOf = '2026-03-02T14:29:59.000Z';
const transactionId = '01KE6X5Z3V7Q2M9T4B8N1C0DFG';
const order = makeOrder({ status: 'QUEUED', orderType: 'STOP_LOSS_BUY', quantityScale: 3, priceScale: 4 });
const sell = { ...order, orderType: 'STOP_LOSS_SELL' } as const;

const shownOf = (event: OrderEvent, of = order) => {
  const response = toOrderEventsResponse({ order: of, events: [event] });

  expect(orderEventsResponseSchema.parse(response)).toStrictEqual(response);
  return response.events[0];
};

describe(toOrderEventsResponse, () => {
  it('names the order', () => {
    expect(toOrderEventsResponse({ order, events: [] })).toEqual({ orderId: order.orderId, events: [] });
  });

  it.each<[OrderEvent]>([
    [{ type: 'PLACED', at, actor: 'alice' }],
    [{ type: 'TRIGGERED', at, actor: 'system', tickAsOf }],
    [{ type: 'END_REQUESTED', at, status: 'FAILED', code: 'ASSET_INACTIVE' }],
    [{ type: 'ENDED', at, status: 'CANCELLED', actor: 'alice' }],
    [{ type: 'SET_ASIDE', at, code: 'DATABASE_ERROR' }],
    [{ type: 'REFUNDED', at, transactionId }],
  ])('shows as it is %p', (event) => {
    expect(shownOf(event)).toEqual(event);
  });

  it('leaves out what an event does not say', () => {
    expect(shownOf({ type: 'ENDED', at, status: 'EXPIRED', code: undefined, actor: undefined })).toStrictEqual({
      type: 'ENDED',
      at,
      status: 'EXPIRED',
    });
  });

  it('shows what moved in the scale of what the order holds', () => {
    const held = { type: 'HELD', at, transactionId, amountMinor: 12_345n } as const;

    expect(shownOf(held)).toEqual({ type: 'HELD', at, transactionId, amount: '123.45' });
    expect(shownOf({ ...held, type: 'RELEASED' }, sell)).toMatchObject({ type: 'RELEASED', amount: '12.345' });
  });

  it('shows a fill, with its fee if it has one', () => {
    const fill = makeFill({ transactionId, priceMinor: 12_345n, quantityMinor: 1_500n, notionalMinor: 185n, tickAsOf });
    const shown = { transactionId, price: '1.2345', quantity: '1.500', notional: '1.85', fee: '0.00', tickAsOf };

    expect(shownOf({ type: 'FILLED', at, fill })).toEqual({ type: 'FILLED', at, ...shown });
    expect(shownOf({ type: 'FILLED', at, fill: { ...fill, feeMinor: 7n, venueFillId: 'v-1' } })).toMatchObject({
      fee: '0.07',
      venueFillId: 'v-1',
    });
  });

  it.each([
    ['quantityMinor', 'quantity', '1500', '1.500'],
    ['limitPriceMinor', 'limitPrice', '12345', '1.2345'],
    ['maxPriceMinor', 'maxPrice', '12345', '1.2345'],
    ['trailBps', 'trailPercent', '250', '2.50'],
    ['collarBps', 'collarBps', '500', '500'],
    ['expiresAt', 'expiresAt', at, at],
    ['timeInForce', 'timeInForce', 'GTC', 'GTC'],
  ])('shows the change of %s as one of %s', (field, ...[name, stored, text]) => {
    const change = { at, actor: 'alice', version: 2, field };
    const changes = [
      { ...change, to: stored },
      { ...change, from: stored },
    ];

    expect(shownOf({ type: 'AMENDED', at, actor: 'alice', version: 2, changes })).toStrictEqual({
      type: 'AMENDED',
      at,
      actor: 'alice',
      version: 2,
      changes: [
        { field: name, to: text },
        { field: name, from: text },
      ],
    });
  });
});
