import type { OrderEventsResponse, OrderResponse } from '@cnop/entities-order';
import { checkLedger } from '@cnop/ledger-audit';
import { useStandingDesk } from '../support/standing-desk.ts';

const desk = useStandingDesk();
const { as, database, list, owner, place, price } = desk;
const limitBuy = { orderType: 'LIMIT_BUY', quantity: '2', limitPrice: '24' };
let assetId: string;
let username: string;

beforeEach(async () => {
  assetId = await list();
  username = await owner(assetId);
});

const placed = (terms: object = limitBuy) => place(username, { assetId, ...terms });
const send = <TBody = OrderResponse>(request: string, body?: object) => as('customer', username)<TBody>(request, body);

describe('PATCH /v1/orders/{orderId}', () => {
  it('amends an open order, holds the difference, and is a replay when nothing changes', async () => {
    const { orderId, version } = await placed();

    const first = await send(`PATCH /v1/orders/${orderId}`, {
      limitPrice: '24.50',
      quantity: '3',
      expectedVersion: version,
    });
    const repeat = await send(`PATCH /v1/orders/${orderId}`, {
      limitPrice: '24.5',
      quantity: '3',
      expectedVersion: version,
    });

    expect(first).toMatchObject({
      status: 200,
      body: { limitPrice: '24.50', quantity: '3.000', held: '73.50', version: 2 },
    });
    expect(first.headers).not.toHaveProperty('idempotency-replayed');
    expect(repeat).toMatchObject({ status: 200, headers: { 'idempotency-replayed': 'true' }, body: first.body });
  });

  it.each([
    [409, 'VERSION_CONFLICT', { limitPrice: '23', expectedVersion: 9 }],
    [422, 'BALANCE_INSUFFICIENT', { quantity: '5' }],
    [400, 'VALIDATION_FAILED', {}],
    [400, 'VALIDATION_FAILED', { expectedVersion: 1 }],
    [400, 'VALIDATION_FAILED', { orderType: 'LIMIT_SELL' }],
    [400, 'VALIDATION_FAILED', { trailAmount: '1' }],
  ])('refuses with %p %s: %p', async (status, code, amendment) => {
    const order = await placed();

    expect(await send(`PATCH /v1/orders/${order.orderId}`, amendment)).toMatchObject({ status, body: { code } });
    expect((await send(`GET /v1/orders/${order.orderId}`)).body).toEqual(order);
  });

  it('does what is due first: an order that a price has filled is not amended', async () => {
    const { orderId } = await placed();
    await price(assetId, '23.00');

    const refusal = await send(`PATCH /v1/orders/${orderId}`, { limitPrice: '20' });

    expect(refusal).toMatchObject({
      status: 409,
      body: { code: 'ORDER_NOT_AMENDABLE', details: { status: 'COMPLETED' } },
    });
    expect((await send(`GET /v1/orders/${orderId}`)).body).toMatchObject({
      status: 'COMPLETED',
      averagePrice: '23.00',
    });
  });
});

describe.each(['DELETE /v1/orders/{orderId}', 'POST /v1/orders/{orderId}/cancel'])('%s', (route) => {
  const cancel = (orderId: string) => send(route.replace('{orderId}', orderId));

  it('cancels an open order once, and releases what it holds', async () => {
    const { orderId } = await placed();

    const first = await cancel(orderId);
    const repeat = await cancel(orderId);

    expect(first).toMatchObject({ status: 200, body: { status: 'CANCELLED', held: '0.00' } });
    expect(repeat).toMatchObject({ status: 200, headers: { 'idempotency-replayed': 'true' }, body: first.body });
    expect(await desk.cashOf(username)).toBe(10_000n);
  });

  it('does not cancel what a price has filled', async () => {
    const { orderId } = await placed();
    await price(assetId, '23.00');

    expect(await cancel(orderId)).toMatchObject({ status: 409, body: { code: 'ORDER_NOT_CANCELLABLE' } });
  });
});

describe('DELETE /v1/orders', () => {
  const cancelAll = (query = '') => send<{ nextCursor?: string }>(`DELETE /v1/orders?assetId=${assetId}${query}`);

  it('cancels one’s own open orders of an asset page by page, and again changes nothing', async () => {
    const other = await owner(assetId);
    const theirs = await place(other, { ...limitBuy, assetId });
    const elsewhere = await list();
    const kept = await place(username, { ...limitBuy, quantity: '1', assetId: elsewhere });
    for (const limitPrice of ['20', '21', '22']) await placed({ ...limitBuy, quantity: '1', limitPrice });

    const first = await cancelAll('&limit=2');
    const second = await cancelAll(`&limit=2&cursor=${first.body.nextCursor}`);
    const again = await cancelAll();

    expect([first, second]).toMatchObject([{ body: { cancelled: 2 } }, { body: { cancelled: 1, failed: [] } }]);
    expect(again).toMatchObject({ status: 200, body: { cancelled: 0, failed: [] } });
    expect((await send(`GET /v1/orders/${kept.orderId}`)).body.status).toBe('QUEUED');
    expect((await as('customer', other)(`GET /v1/orders/${theirs.orderId}`)).body).toMatchObject({ status: 'QUEUED' });
  });

  it('tells of those that a price has filled', async () => {
    const { orderId } = await placed();
    await price(assetId, '23.00');

    expect(await cancelAll()).toMatchObject({
      body: { cancelled: 0, failed: [{ orderId, code: 'ORDER_NOT_CANCELLABLE' }] },
    });
  });

  it('asks for the asset', async () => {
    expect(await send('DELETE /v1/orders')).toMatchObject({ status: 400, body: { errors: [{ pointer: '/assetId' }] } });
  });
});

describe('GET /v1/orders/{orderId}/events', () => {
  it('tells what happened to an order, the oldest first', async () => {
    const { orderId } = await placed();
    await send(`PATCH /v1/orders/${orderId}`, { limitPrice: '24.50' });
    desk.clock.advance(1_000);
    await send(`DELETE /v1/orders/${orderId}`);

    const { status, body } = await send<OrderEventsResponse>(`GET /v1/orders/${orderId}/events`);

    expect(status).toBe(200);
    expect(body).toMatchObject({
      orderId,
      events: [
        { type: 'PLACED', actor: username },
        { type: 'HELD', amount: '48.00' },
        { type: 'AMENDED', version: 2, changes: [{ field: 'limitPrice', from: '24.00', to: '24.50' }] },
        { type: 'HELD', amount: '1.00' },
        { type: 'RELEASED', amount: '49.00' },
        { type: 'ENDED', status: 'CANCELLED' },
      ],
    });
  });
});

describe('another user’s order', () => {
  it.each([
    ['PATCH /v1/orders/{orderId}', { quantity: '1' }],
    ['DELETE /v1/orders/{orderId}', undefined],
    ['POST /v1/orders/{orderId}/cancel', undefined],
    ['GET /v1/orders/{orderId}/events', undefined],
  ])('is not found: %s', async (route, body) => {
    const { orderId } = await placed();
    const request = route.replace('{orderId}', orderId);

    const responses = [
      await as('customer', await owner(assetId))(request, body),
      await as('admin', await desk.admin())(request, body),
    ];

    for (const response of responses) {
      expect(response).toMatchObject({ status: 404, body: { code: 'ORDER_NOT_FOUND' } });
    }
    expect((await send(`GET /v1/orders/${orderId}`)).body).toMatchObject({ status: 'QUEUED', version: 1 });
  });
});

describe('after all this', () => {
  it('the ledger is clean', async () => {
    expect(await checkLedger(database)).toMatchObject({ brokenCount: 0 });
  });
});
