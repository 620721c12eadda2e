import type { OrderListResponse, OrderResponse } from '@cnop/entities-order';
import { checkLedger } from '@cnop/ledger-audit';
import { useStandingDesk } from '../support/standing-desk.ts';

const desk = useStandingDesk();
const { as, database, list, owner, place, tick } = desk;

const orderOf = async (username: string, orderId: string) =>
  (await as('customer', username)<OrderResponse>(`GET /v1/orders/${orderId}`)).body;

describe('an order that waits for its price', () => {
  it.each<[title: string, order: object, held: string, ticks: string[], filledAt: string]>([
    ['LIMIT_BUY', { limitPrice: '24' }, '48.00', ['24.50', '23.90'], '23.90'],
    ['LIMIT_SELL', { limitPrice: '26' }, '2.000', ['25.99', '26.10'], '26.10'],
    ['STOP_LOSS_BUY', { stopPrice: '26', maxPrice: '28' }, '56.00', ['25.99', '26.20'], '26.20'],
    ['STOP_LOSS_SELL', { stopPrice: '24' }, '2.000', ['24.01', '22.00'], '22.00'],
    ['STOP_LOSS_BUY', { stopPrice: '26', limitPrice: '26.50' }, '53.00', ['27.00', '26.40'], '26.40'],
    ['STOP_LOSS_SELL', { stopPrice: '24', limitPrice: '23.50' }, '2.000', ['23.00', '23.60'], '23.60'],
    ['TAKE_PROFIT_BUY', { stopPrice: '24' }, '48.00', ['24.01', '23.50'], '23.50'],
    ['TAKE_PROFIT_SELL', { stopPrice: '26' }, '2.000', ['25.00', '26.00'], '26.00'],
    ['TRAILING_STOP_BUY', { trailPercent: '4' }, '54.60', ['20.00', '20.79', '20.80'], '20.80'],
    ['TRAILING_STOP_SELL', { trailAmount: '1' }, '2.000', ['27.00', '26.01', '25.90'], '25.90'],
    ['OCO_BUY', { limitPrice: '23', stopPrice: '26' }, '54.60', ['25.50', '22.80'], '22.80'],
    ['OCO_SELL', { limitPrice: '27', stopPrice: '24' }, '2.000', ['26.99', '23.80'], '23.80'],
    ['OCO_SELL', { limitPrice: '27', trailAmount: '2' }, '2.000', ['26.99', '24.99'], '24.99'],
  ])('is previewed, placed, held for, and filled at the price of its tick: %s %p', async (...given) => {
    const [orderType, terms, held, ticks, filledAt] = given;
    const assetId = await list();
    const username = await owner(assetId);
    const order = { orderType, assetId, quantity: '2', ...terms };

    const preview = await as('customer', username)('POST /v1/orders/preview', order);
    const placed = await place(username, order);
    for (const price of ticks.slice(0, -1)) await tick(assetId, price);
    const waiting = await orderOf(username, placed.orderId);
    const tickAsOf = await tick(assetId, ticks.at(-1)!);
    const filled = await orderOf(username, placed.orderId);

    expect(preview).toMatchObject({ status: 200, body: { hold: held, wouldExecute: false, wouldTrigger: false } });
    expect(placed).toMatchObject({ status: 'QUEUED', held, remaining: '2.000', timeInForce: 'GTC' });
    expect(waiting).toMatchObject({ status: 'QUEUED', held, filledQuantity: '0.000' });
    expect(filled).toMatchObject({
      status: 'COMPLETED',
      averagePrice: filledAt,
      filledQuantity: '2.000',
      held: held.endsWith('000') ? '0.000' : '0.00',
    });
    expect(filled.fills).toMatchObject([{ price: filledAt, tickAsOf }]);
  });

  it('shows the watermark and the stop of a trail as of now, alone and in lists, before any worker has seen the price', async () => {
    const assetId = await list();
    const username = await owner(assetId);
    const { orderId } = await place(username, {
      orderType: 'TRAILING_STOP_SELL',
      assetId,
      quantity: '2',
      trailPercent: '10',
    });

    await desk.price(assetId, '30.00');
    const { body } = await as('customer', username)<OrderListResponse>(`GET /v1/orders?assetId=${assetId}`);

    const shown = { watermark: '30.00', stopPrice: '27.00', trailPercent: '10.00', status: 'QUEUED' };
    expect(await orderOf(username, orderId)).toMatchObject(shown);
    expect(body.items).toMatchObject([{ orderId, ...shown }]);
  });

  it('places the exits of a bracket with its fill', async () => {
    const assetId = await list();
    const username = await owner(assetId);
    const exits = { takeProfitPrice: '30', stopPrice: '20' };
    const { orderId, exitTerms } = await place(username, {
      orderType: 'LIMIT_BUY',
      assetId,
      quantity: '2',
      limitPrice: '24',
      exits,
    });

    await tick(assetId, '23.50');
    const entry = await orderOf(username, orderId);
    const exit = await orderOf(username, entry.exits![0]!.orderId);
    await tick(assetId, '31.00');

    expect(exitTerms).toEqual({ takeProfitPrice: '30.00', stopPrice: '20.00' });
    expect(entry).toMatchObject({ status: 'COMPLETED', averagePrice: '23.50', exits: [{ quantity: '2.000' }] });
    expect(exit).toMatchObject({ orderType: 'OCO_SELL', status: 'QUEUED', parentOrderId: orderId, held: '2.000' });
    expect(await orderOf(username, exit.orderId)).toMatchObject({ status: 'COMPLETED', averagePrice: '31.00' });
  });

  it('executes a marketable limit at once, and an order that is immediate or nothing', async () => {
    const assetId = await list();
    const username = await owner(assetId);
    const buy = { orderType: 'LIMIT_BUY', assetId, quantity: '1' };

    const marketable = await place(username, { ...buy, limitPrice: '26' });
    const refused = await as('customer', username)('POST /v1/orders', { ...buy, limitPrice: '24', timeInForce: 'IOC' });

    expect(marketable).toMatchObject({ status: 'COMPLETED', averagePrice: '25.00' });
    expect(refused).toMatchObject({ status: 422, body: { code: 'ORDER_NOT_MARKETABLE' } });
  });

  it('spends a notional, fee included', async () => {
    const assetId = await list();
    const username = await owner(assetId);
    const order = await place(username, { orderType: 'LIMIT_BUY', assetId, notional: '50', limitPrice: '24' });

    await tick(assetId, '23.00');

    expect(order).toMatchObject({ held: '50.00', notionalLimit: '50.00' });
    expect(await orderOf(username, order.orderId)).toMatchObject({
      quantity: '2.173',
      notional: '49.98',
      held: '0.00',
    });
  });

  it.each([
    [422, 'ORDER_WOULD_TRIGGER', { orderType: 'STOP_LOSS_SELL', stopPrice: '26' }],
    [422, 'LIMIT_ON_WRONG_SIDE', { orderType: 'STOP_LOSS_BUY', stopPrice: '26', limitPrice: '25.5' }],
    [422, 'TRAIL_TOO_WIDE', { orderType: 'TRAILING_STOP_SELL', trailAmount: '25' }],
    [422, 'EXPIRY_OUT_OF_RANGE', { orderType: 'LIMIT_BUY', limitPrice: '24', expiresAt: '2026-03-02T14:00:00.000Z' }],
    [422, 'BALANCE_INSUFFICIENT', { orderType: 'LIMIT_BUY', limitPrice: '24', quantity: '5' }],
    [400, 'VALIDATION_FAILED', { orderType: 'OCO_SELL', limitPrice: '27' }],
    [400, 'VALIDATION_FAILED', { orderType: 'TRAILING_STOP_SELL', trailAmount: '1', stopPrice: '20' }],
  ])('is refused with %p %s: %p', async (status, code, terms) => {
    const assetId = await list();
    const username = await owner(assetId);

    const response = await as('customer', username)('POST /v1/orders', { assetId, quantity: '2', ...terms });

    expect(response).toMatchObject({ status, body: { code } });
  });

  it('leaves a clean ledger', async () => {
    expect(await checkLedger(database)).toMatchObject({ brokenCount: 0 });
  });
});
