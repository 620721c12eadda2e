import { randomUUID } from 'node:crypto';
import { getOrderDao } from '@cnop/dao-order';
import type { OrderListResponse, OrderResponse } from '@cnop/entities-order';
import { makeOrderDraft } from '@cnop/entities-order/testing';
import { checkLedger } from '@cnop/ledger-audit';
import { useOrderApp } from '../support/order-app.ts';

const { database, trader, admin, cashOf, buy, send } = useOrderApp();

const listOf = (username: string, query = '') => send<OrderListResponse>(`/v1/orders${query}`, { username });

describe('GET /v1/orders', () => {
  it('lists one’s own orders alone, newest first, page by page', async () => {
    const [username, other] = [await trader(), await trader()];
    const placed: string[] = [];
    for (const quantity of ['1', '0.5', '0.25']) {
      placed.unshift((await buy<OrderResponse>(username, { quantity })).body.orderId);
    }
    await buy(other, { quantity: '1' });

    const first = await listOf(username, '?limit=2');
    const second = await listOf(username, `?limit=2&cursor=${first.body.nextCursor}`);

    expect([first.status, second.status]).toEqual([200, 200]);
    expect([...first.body.items, ...second.body.items].map(({ orderId }) => orderId)).toEqual(placed);
    expect(second.body).not.toHaveProperty('nextCursor');
  });

  it('lists by asset and by status', async () => {
    const username = await trader();
    const { body } = await buy<OrderResponse>(username);

    expect((await listOf(username, '?assetId=MSFT')).body.items).toEqual([body]);
    expect((await listOf(username, '?assetId=MSFT&status=COMPLETED')).body.items).toEqual([body]);
    expect((await listOf(username, '?status=COMPLETED')).body.items).toEqual([body]);
    expect((await listOf(username, '?status=CANCELLED')).body.items).toEqual([]);
    expect((await listOf(username, '?assetId=IBM')).body.items).toEqual([]);
  });

  it.each([
    ['?limit=0', '/limit'],
    ['?limit=101', '/limit'],
    ['?limit=1.5', '/limit'],
    ['?status=DONE', '/status'],
    ['?assetId=a%23b', '/assetId'],
    ['?username=ada', '/username'],
    ['?limit=1&limit=2', '/limit'],
  ])('refuses %s', async (query, pointer) => {
    const { status, body } = await listOf(await trader(), query);

    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ pointer }] });
  });

  it('refuses the cursor of another user, of another query and of one’s own making', async () => {
    const [username, other] = [await trader(), await trader()];
    await buy(username, { quantity: '1' });
    await buy(username, { quantity: '1' });
    await buy(other);
    const cursor = (await listOf(username, '?limit=1')).body.nextCursor!;

    const answers = [
      await listOf(other, `?limit=1&cursor=${cursor}`),
      await listOf(username, `?limit=1&assetId=MSFT&cursor=${cursor}`),
      await listOf(username, '?limit=1&cursor=forged'),
      await listOf(username, `?limit=1&cursor=${cursor.slice(0, -2)}AA`),
    ];

    for (const { status, body } of answers) expect([status, body]).toMatchObject([400, { code: 'CURSOR_INVALID' }]);
  });

  it('is for users alone', async () => {
    expect(await send('/v1/orders')).toMatchObject({ status: 401 });
  });
});

describe('GET /v1/orders/stream', () => {
  it('is refused where no process tells of changes', async () => {
    const { status, body } = await send('/v1/orders/stream', { username: await trader() });

    expect([status, body]).toMatchObject([501, { code: 'ORDER_EVENTS_UNAVAILABLE', retryable: false }]);
  });
});

describe('GET /v1/orders/{orderId}', () => {
  it('shows one’s own order', async () => {
    const username = await trader();
    const { body } = await buy<OrderResponse>(username);

    expect(await send(`/v1/orders/${body.orderId}`, { username })).toMatchObject({ status: 200, body });
  });

  it('knows no order of another user, not even for an administrator', async () => {
    const { body } = await buy<OrderResponse>(await trader());
    const absent = await send(`/v1/orders/${randomUUID()}`, { username: await trader() });

    for (const username of [await trader(), await admin()]) {
      const role = username.startsWith('admin') ? 'admin' : 'customer';
      const found = await send<object>(`/v1/orders/${body.orderId}`, { username, claims: { role } });

      expect(found).toMatchObject({ status: 404, body: { code: 'ORDER_NOT_FOUND' } });
      expect(Object.keys(found.body)).toEqual(Object.keys(absent.body as object));
    }
  });

  it.each(['x', 'ORDER%23x', '..%2F..%2Fhealth', '%00'])('refuses the id %s', async (orderId) => {
    const { status } = await send(`/v1/orders/${orderId}`, { username: await trader() });

    expect(status).toBe(400);
  });
});

describe('POST /v1/orders/{orderId}/cancel', () => {
  const cancel = (username: string, orderId: string) =>
    send<OrderResponse>(`/v1/orders/${orderId}/cancel`, { username, method: 'POST' });
  const pendingOrder = async (username: string) => {
    const draft = makeOrderDraft({ owner: username, orderType: 'LIMIT_BUY', assetId: 'MSFT', quantityScale: 3 });

    return (await getOrderDao(database).createOrder(draft)).order.orderId;
  };

  it('does not cancel what is executed', async () => {
    const username = await trader();
    const { body } = await buy<OrderResponse>(username);

    expect(await cancel(username, body.orderId)).toMatchObject({
      status: 409,
      body: { code: 'ORDER_NOT_CANCELLABLE' },
    });
    expect(await cashOf(username)).toBe(5_000n);
  });

  it('cancels an open order once, and answers a repeat with it', async () => {
    const username = await trader();
    const orderId = await pendingOrder(username);

    const first = await cancel(username, orderId);
    const repeat = await cancel(username, orderId);

    expect(first).toMatchObject({ status: 200, body: { orderId, status: 'CANCELLED' } });
    expect(repeat).toMatchObject({ status: 200, headers: { 'idempotency-replayed': 'true' }, body: first.body });
  });

  it('knows no order of another user', async () => {
    const username = await trader();
    const orderId = await pendingOrder(username);

    expect(await cancel(await trader(), orderId)).toMatchObject({ status: 404, body: { code: 'ORDER_NOT_FOUND' } });
    expect(await send(`/v1/orders/${orderId}`, { username })).toMatchObject({ body: { status: 'PENDING' } });
  });
});

describe('POST /v1/orders/{orderId}/refund', () => {
  const refund = (username: string, orderId: string, role = 'admin') =>
    send<OrderResponse>(`/v1/orders/${orderId}/refund`, { username, claims: { role }, method: 'POST' });

  it('undoes a completed order once, for an administrator', async () => {
    const username = await trader();
    const { body } = await buy<OrderResponse>(username);
    const administrator = await admin();

    const first = await refund(administrator, body.orderId);
    const repeat = await refund(administrator, body.orderId);

    expect(first).toMatchObject({ status: 200, body: { refundTransactionId: expect.any(String) as string } });
    expect(repeat).toMatchObject({ status: 200, headers: { 'idempotency-replayed': 'true' } });
    expect(await cashOf(username)).toBe(10_000n);
    expect(await checkLedger(database)).toMatchObject({ brokenCount: 0 });
  });

  it('is denied to the order’s own user, before anything is looked at', async () => {
    const username = await trader();
    const { body } = await buy<OrderResponse>(username);

    expect(await refund(username, body.orderId, 'customer')).toMatchObject({
      status: 403,
      body: { code: 'ACCESS_DENIED' },
    });
    expect(await refund(username, 'no-id', 'customer')).toMatchObject({ status: 403 });
    expect(await cashOf(username)).toBe(5_000n);
  });

  it('knows no order that is not there', async () => {
    expect(await refund(await admin(), randomUUID())).toMatchObject({ status: 404 });
  });
});
