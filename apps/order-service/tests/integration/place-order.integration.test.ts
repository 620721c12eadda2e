import { getAssetDao } from '@cnop/dao-inventory';
import { getUserDao } from '@cnop/dao-user';
import type { OrderResponse } from '@cnop/entities-order';
import type { ProblemDetails } from '@cnop/exceptions';
import { checkLedger } from '@cnop/ledger-audit';
import { runParallel } from '@cnop/testing';
import { useOrderApp, buyTwo } from '../support/order-app.ts';

const app = useOrderApp();
const { database, trader, admin, cashOf, buy, send } = app;

describe('POST /v1/orders', () => {
  it('executes a market order of the user of the token, and says what became of it', async () => {
    const username = await trader();

    const { status, headers, body } = await buy<OrderResponse>(username);

    expect(status).toBe(201);
    expect(headers).not.toHaveProperty('idempotency-replayed');
    expect(body).toMatchObject({
      username,
      status: 'COMPLETED',
      assetId: 'MSFT',
      quantity: '2.000',
      notional: '50.00',
      averagePrice: '25.00',
    });
    expect(await cashOf(username)).toBe(5_000n);
  });

  it('answers a repeat under one Idempotency-Key with the same order, once paid for', async () => {
    const username = await trader();
    const first = await buy(username, {}, { 'idempotency-key': 'k-1' });

    const repeat = await buy(username, { quantity: '2.0', clientOrderId: 'k-1' });

    expect(repeat).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' }, body: first.body });
    expect(await cashOf(username)).toBe(5_000n);
  });

  it('makes one order of many repeats at once', async () => {
    const username = await trader();

    const { answers } = await runParallel(8, () => buy<OrderResponse>(username, { clientOrderId: 'k-1' }));

    expect(new Set(answers.map(({ body }) => body.orderId)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers['idempotency-replayed'] === 'true')).toHaveLength(7);
    expect(await cashOf(username)).toBe(5_000n);
  });

  it('keeps the keys of two users apart', async () => {
    const [one, other] = [await trader(), await trader()];
    await buy(one, { clientOrderId: 'k-1' });

    const { headers } = await buy(other, { clientOrderId: 'k-1', quantity: '1' });

    expect(headers).not.toHaveProperty('idempotency-replayed');
  });

  it('shows the note and the metadata that came with the order, and lists them', async () => {
    const username = await trader();
    const remarks = { note: 'for the pension', metadata: { desk: 'north' } };

    const { status, body } = await buy<OrderResponse>(username, remarks);
    const list = await send('/v1/orders', { username });

    expect(status).toBe(201);
    expect(body).toMatchObject(remarks);
    expect(list.body).toMatchObject({ items: [remarks] });
  });

  it('refuses another order under the same key', async () => {
    const username = await trader();
    await buy(username, { clientOrderId: 'k-1' });

    const { status, body } = await buy(username, { quantity: '1' }, { 'idempotency-key': 'k-1' });

    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(await cashOf(username)).toBe(5_000n);
  });

  it.each([
    ['a header that is no key', { 'idempotency-key': 'two words' }],
    ['a header that is too long', { 'idempotency-key': 'x'.repeat(65) }],
    ['a header and a client order id that differ', { 'idempotency-key': 'k-2' }],
  ])('refuses %s', async (_title, headers) => {
    const username = await trader();

    const { status, body } = await buy(username, { clientOrderId: 'k-1' }, headers);

    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ pointer: '/Idempotency-Key' }] });
    expect(await cashOf(username)).toBe(10_000n);
  });

  it('says what is available and what is required', async () => {
    const username = await trader();

    const { status, headers, body } = await buy(username, { quantity: '4.001' });

    expect(status).toBe(422);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(body).toMatchObject({
      code: 'BALANCE_INSUFFICIENT',
      details: { code: 'USD', available: '100.00', required: '100.03' },
      instance: '/v1/orders',
    });
    expect(await cashOf(username)).toBe(10_000n);
  });

  it('points at every field of the body that breaks a rule', async () => {
    const username = await trader();

    const { status, body } = await buy<ProblemDetails>(username, { quantity: 1.5, price: '1', fee: '0' });

    expect(status).toBe(400);
    expect(body.errors?.map(({ pointer }) => pointer).sort()).toEqual(['/fee', '/price', '/quantity']);
  });

  it.each([
    ['a user of the client’s', { username: 'another-user' }, '/username'],
    ['a status of the client’s', { status: 'COMPLETED' }, '/status'],
    ['a price of the client’s', { price: '0.01' }, '/price'],
    ['a role', { role: 'admin' }, '/role'],
    ['no order type', { orderType: undefined }, '/orderType'],
    ['no number', { quantity: 'NaN' }, '/quantity'],
    ['a sign', { quantity: '-1' }, '/quantity'],
    ['an asset id that forges a key', { assetId: 'MSFT#1' }, '/assetId'],
  ])('refuses %s', async (_title, fields, pointer) => {
    const username = await trader();

    const { status, body } = await buy(username, fields);

    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ pointer }] });
    expect(await cashOf(username)).toBe(10_000n);
  });

  it.each(['orderType', 'assetId', 'quantity'])('says that %s is required', async (field) => {
    const { body } = await buy(await trader(), { [field]: undefined });

    expect(body).toMatchObject({ errors: [{ pointer: `/${field}`, message: 'This field is required.' }] });
  });

  it.each([
    [{ maxPrice: '24.99' }, 422, 'PRICE_LIMIT_EXCEEDED'],
    [{ assetId: 'NONE' }, 404, 'ASSET_NOT_FOUND'],
    [{ quantity: '0.0001' }, 400, 'AMOUNT_INVALID'],
    [{ orderType: 'LIMIT_BUY', limitPrice: '20.00', timeInForce: 'FOK' }, 422, 'ORDER_NOT_MARKETABLE'],
  ])('refuses %p', async (fields, status, code) => {
    const username = await trader();

    const answer = await buy(username, fields);

    expect(answer).toMatchObject({ status, body: { code } });
    expect(await cashOf(username)).toBe(10_000n);
  });

  it('refuses an asset that is closed for trade, and one without a price', async () => {
    const username = await trader();
    const assets = getAssetDao(database);
    const stock = { name: 'X', category: 'STOCK', currency: 'USD', decimals: 3, priceScale: 2 } as const;
    await assets.createAsset({ assetId: 'UNPRICED', ...stock });
    await assets.createAsset({ assetId: 'CLOSED', ...stock });
    await assets.setPrice({ assetId: 'CLOSED', price: '1.00', asOf: new Date().toISOString(), source: 'test' });
    await assets.deactivateAsset('CLOSED');

    expect(await buy(username, { assetId: 'UNPRICED' })).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1' },
      body: { code: 'PRICE_UNAVAILABLE', retryable: true },
    });
    expect(await buy(username, { assetId: 'CLOSED' })).toMatchObject({ status: 422, body: { code: 'ASSET_INACTIVE' } });
  });

  it.each([
    ['nobody', undefined, undefined],
    ['a user of another role than the token says', 'trader', { role: 'admin' }],
    ['a user whose sessions have ended', 'trader', { sessionEpoch: 1 }],
    ['a user who was never there', 'nobody', {}],
  ])('refuses %s', async (_title, who, claims) => {
    const username = who === 'trader' ? await trader() : who;

    const { status, headers, body } = await send('/v1/orders', {
      ...(username !== undefined && { username }),
      ...(claims && { claims }),
      method: 'POST',
      body: buyTwo,
    });

    expect(status).toBe(401);
    expect(headers).toHaveProperty('www-authenticate');
    expect(body).toMatchObject({ code: 'AUTHENTICATION_REQUIRED' });
  });

  it('refuses a suspended user, and one that is deleted', async () => {
    const [suspended, deleted] = [await trader(), await trader()];
    const users = getUserDao(database);
    await users.suspendUser(suspended);
    await users.updateUser({ username: deleted, expectedVersion: 1, changes: { status: 'DELETED' } });

    for (const username of [suspended, deleted]) {
      expect(await buy(username)).toMatchObject({ status: 401, body: { code: 'AUTHENTICATION_REQUIRED' } });
      expect(await cashOf(username)).toBe(10_000n);
    }
  });

  it('counts orders by type and outcome, and logs a line for each request and none of a body', async () => {
    const username = await trader();
    await buy(username, { clientOrderId: 'note-this-key' });
    await buy(username, { quantity: '1000' });

    const metrics = (await app.service().inject('/metrics')).payload;

    expect(metrics).toMatch(/cnop_orders_total\{type="MARKET_BUY",outcome="placed"\} \d+/);
    expect(metrics).toMatch(/cnop_orders_total\{type="MARKET_BUY",outcome="BALANCE_INSUFFICIENT"\} \d+/);
    expect(metrics).toMatch(/cnop_dynamodb_requests_total\{operation="TransactWriteItems",outcome="ok"\} \d+/);
    const lines = app.log.join('');
    expect(lines).toContain(`"route":"/v1/orders","status":201`);
    expect(lines).not.toContain('note-this-key');
  });

  it('leaves a clean ledger', async () => {
    await buy(await admin());

    expect(await checkLedger(database)).toMatchObject({ brokenCount: 0 });
  });
});

describe('POST /v1/orders/preview', () => {
  const preview = (username: string, fields: object = {}) =>
    send('/v1/orders/preview', { username, method: 'POST', body: { ...buyTwo, ...fields } });

  it('says what an order would come to, and places nothing', async () => {
    const username = await trader();

    const { status, body } = await preview(username);

    expect(status).toBe(200);
    expect(body).toMatchObject({
      price: '25.00',
      notional: '50.00',
      feeBps: 0,
      fee: '0.00',
      debit: { code: 'USD', amount: '50.00' },
      credit: { code: 'MSFT', amount: '2.000' },
      available: '100.00',
      covered: true,
    });
    expect(await cashOf(username)).toBe(10_000n);
    expect((await send('/v1/orders', { username })).body).toEqual({ items: [] });
  });

  it('says that an order could not be paid', async () => {
    expect(await preview(await trader(), { quantity: '5' })).toMatchObject({ status: 200, body: { covered: false } });
  });

  it('refuses what an order would be refused for', async () => {
    const username = await trader();

    expect(await preview(username, { price: '1' })).toMatchObject({ status: 400 });
    expect(await preview(username, { assetId: 'NONE' })).toMatchObject({ status: 404 });
    expect(await send('/v1/orders/preview', { method: 'POST', body: buyTwo })).toMatchObject({ status: 401 });
  });
});
