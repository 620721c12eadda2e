import { randomUUID } from 'node:crypto';
import type { OrderListResponse, OrderResponse } from '@cnop/entities-order';
import type { Role } from '@cnop/entities-user';
import { checkLedger } from '@cnop/ledger-audit';
import { useStandingDesk } from '../support/standing-desk.ts';

const desk = useStandingDesk();
const { as, database, list, owner, place, tick } = desk;
const limitBuy = { orderType: 'LIMIT_BUY', quantity: '2', limitPrice: '24' };
let [admin, venue] = ['', ''];

beforeAll(async () => {
  [admin, venue] = [await desk.admin(), await desk.venue()];
});

describe('routes of one role', () => {
  it.each<[Role, string, object | undefined]>([
    ['admin', 'POST /v1/orders/{orderId}/refund', undefined],
    ['admin', 'POST /v1/admin/orders/{orderId}/resume', undefined],
    ['admin', 'GET /v1/admin/orders?setAside=true&assetId=MSFT', undefined],
    ['admin', 'POST /v1/admin/assets/MSFT/close-orders', undefined],
    ['venue', 'POST /v1/orders/{orderId}/executions', { venueFillId: 'f-1', quantity: '1', price: '24' }],
    ['venue', 'POST /v1/orders/{orderId}/confirm-end', undefined],
    ['venue', 'GET /v1/venue/orders?assetId=MSFT&list=open', undefined],
  ])('are for %s alone: %s', async (role, route, body) => {
    const request = route.replace('{orderId}', randomUUID());
    const users = { admin, venue, customer: await desk.trader() };

    for (const [other, username] of Object.entries(users) as [Role, string][]) {
      const { status } = await as(other, username)(request, body);
      expect([other, status === 403]).toEqual([other, other !== role]);
    }
    const [method, url] = request.split(' ') as ['GET' | 'POST', string];
    expect(await desk.send(url, { method, ...(body && { body }) })).toMatchObject({ status: 401 });
  });
});

describe('orders at a venue', () => {
  const atVenue = { execution: 'VENUE', maxFills: 4 } as const;
  const routed = (assetId: string, which = 'open') =>
    as('venue', venue)<OrderListResponse>(`GET /v1/venue/orders?assetId=${assetId}&list=${which}`);

  it('are listed, filled, asked to end and ended', async () => {
    const assetId = await list(atVenue);
    const username = await owner(assetId);
    const { orderId } = await place(username, { ...limitBuy, assetId });
    const fill = { venueFillId: 'f-1', quantity: '0.5', price: '23.80' };

    const open = await routed(assetId);
    const first = await as('venue', venue)<OrderResponse>(`POST /v1/orders/${orderId}/executions`, fill);
    const repeat = await as('venue', venue)(`POST /v1/orders/${orderId}/executions`, fill);
    const other = await as('venue', venue)(`POST /v1/orders/${orderId}/executions`, { ...fill, price: '23' });
    const cancelled = await as('customer', username)<OrderResponse>(`DELETE /v1/orders/${orderId}`);
    const ending = await routed(assetId, 'end');
    const ended = await as('venue', venue)(`POST /v1/orders/${orderId}/confirm-end`);
    const again = await as('venue', venue)(`POST /v1/orders/${orderId}/confirm-end`);

    expect(open.body.items).toMatchObject([{ orderId, username, remaining: '2.000' }]);
    expect(first).toMatchObject({
      status: 200,
      body: {
        status: 'PROCESSING',
        remaining: '1.500',
        fills: [{ venueFillId: 'f-1', quantity: '0.500', notional: '11.90' }],
      },
    });
    expect(repeat).toMatchObject({ status: 200, headers: { 'idempotency-replayed': 'true' }, body: first.body });
    expect(other).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    expect(cancelled).toMatchObject({
      status: 200,
      body: { status: 'PROCESSING', endRequested: { status: 'CANCELLED' } },
    });
    expect(ending.body.items).toMatchObject([{ orderId }]);
    expect((await routed(assetId)).body.items).toEqual([]);
    expect(ended).toMatchObject({ status: 200, body: { status: 'CANCELLED', held: '0.00', filledQuantity: '0.500' } });
    expect(again).toMatchObject({ status: 200, headers: { 'idempotency-replayed': 'true' } });
  });

  it('are lowered by the venue alone, and raised by their owner', async () => {
    const assetId = await list(atVenue);
    const username = await owner(assetId);
    const { orderId } = await place(username, { ...limitBuy, assetId });
    const amend = (role: Role, who: string, quantity: string) =>
      as(role, who)(`PATCH /v1/orders/${orderId}`, { quantity });

    expect(await amend('customer', username, '1')).toMatchObject({
      status: 409,
      body: { code: 'ORDER_NOT_AMENDABLE', details: { reason: 'LOWERS_VENUE_HOLD' } },
    });
    expect(await amend('customer', username, '3')).toMatchObject({ status: 200, body: { quantity: '3.000' } });
    expect(await amend('venue', venue, '1')).toMatchObject({ status: 200, body: { quantity: '1.000', held: '24.03' } });
  });

  it('are the only ones that the venue can touch', async () => {
    const assetId = await list();
    const { orderId } = await place(await owner(assetId), { ...limitBuy, assetId });
    const fill = { venueFillId: 'f-1', quantity: '1', price: '24' };

    const responses = [
      await as('venue', venue)(`PATCH /v1/orders/${orderId}`, { quantity: '1' }),
      await as('venue', venue)(`POST /v1/orders/${orderId}/executions`, fill),
      await as('venue', venue)(`POST /v1/orders/${orderId}/confirm-end`),
    ];

    for (const response of responses) {
      expect(response).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    }
  });
});

describe('what administrators do', () => {
  it('is to find orders that were set aside, and to resume them where they are due', async () => {
    const assetId = await list();
    const username = await owner(assetId);
    const { orderId } = await place(username, { ...limitBuy, assetId });
    await desk.setAside(orderId);
    await tick(assetId, '23.50');
    const aside = () => as('admin', admin)<OrderListResponse>(`GET /v1/admin/orders?setAside=true&assetId=${assetId}`);

    const found = await aside();
    const resumed = await as('admin', admin)(`POST /v1/admin/orders/${orderId}/resume`);

    expect(found.body.items).toMatchObject([{ orderId, username, status: 'QUEUED' }]);
    expect(resumed).toMatchObject({ status: 200, body: { status: 'COMPLETED', averagePrice: '23.50' } });
    expect((await aside()).body.items).toEqual([]);
    expect(await as('admin', admin)(`GET /v1/admin/orders?assetId=${assetId}`)).toMatchObject({ status: 400 });
  });

  it('is to close the orders of an asset, once', async () => {
    const assetId = await list();
    const username = await owner(assetId);
    const { orderId } = await place(username, { ...limitBuy, assetId });
    await desk.assets.deactivateAsset(assetId);
    const close = () => as('admin', admin)(`POST /v1/admin/assets/${assetId}/close-orders`);

    const first = await close();
    const order = await as('customer', username)(`GET /v1/orders/${orderId}`);

    expect(first).toMatchObject({ status: 200, body: { closed: 1, endRequested: 0, failed: [] } });
    expect(order.body).toMatchObject({ status: 'FAILED', failureCode: 'ASSET_INACTIVE', held: '0.00' });
    expect(await close()).toMatchObject({ status: 200, body: { closed: 0 } });
    expect(await as('admin', admin)('POST /v1/admin/assets/NONE/close-orders')).toMatchObject({ status: 404 });
  });
});

describe('after all this', () => {
  it('the ledger is clean', async () => {
    expect(await checkLedger(database)).toMatchObject({ brokenCount: 0 });
  });
});
