import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OrderListResponse, OrderResponse } from '@cnop/entities-order';
import type { BalanceTransactionResponse } from '@cnop/entities-ledger';
import type { TokenResponse } from '@cnop/entities-user';
import { checkLedger } from '@cnop/ledger-audit';
import { eventually } from '@cnop/testing';
import type { Target } from '../../src/client.ts';
import { operationsOf, type OpenApiDocument } from '../../src/contract.ts';
import { register, tokenOf, useStack } from '../support/use-stack.ts';

const { database, stack } = useStack();
const buy = { orderType: 'MARKET_BUY', assetId: 'MSFT', quantity: '10' };

describe('the stack', () => {
  it('serves a user from registration to log-out', async () => {
    const { client } = stack();
    const { username, accessToken: token, refreshToken } = await register(stack(), '1000.00');
    const user = client.as(token);

    const me = await user.get('/v1/users/me');
    const changed = await client.send('PATCH /v1/users/me', { token, body: { firstName: 'Augusta' } });
    const preview = await user.post('/v1/orders/preview', buy);
    const bought = await user.post<OrderResponse>('/v1/orders', buy, { 'Idempotency-Key': 'journey-1' });
    const again = await user.post('/v1/orders', { ...buy, clientOrderId: 'journey-1' });
    const sold = await user.post('/v1/orders', { orderType: 'MARKET_SELL', assetId: 'MSFT', quantity: '4' });
    const query = '/v1/orders?assetId=MSFT&limit=1';
    const orders = await user.get<OrderListResponse>(query);
    const rest = await user.get<OrderListResponse>(`${query}&cursor=${orders.body.nextCursor!}`);
    const order = await user.get(`/v1/orders/${bought.body.orderId}`);
    const cancelled = await user.post(`/v1/orders/${bought.body.orderId}/cancel`);
    const withdrawal = { code: 'USD', amount: '5.00', description: 'coffee' };
    const withdrawn = await user.post<BalanceTransactionResponse>('/v1/withdrawals', withdrawal);
    const balances = await user.get('/v1/balances');
    const balance = await user.get('/v1/balances/MSFT');
    const journal = await user.get<{ items: object[] }>('/v1/transactions?code=MSFT');
    const entry = await user.get(`/v1/transactions/${withdrawn.body.transactionId}`);
    const portfolio = await user.get('/v1/portfolio');
    const next = await client.send<TokenResponse>('POST /v1/auth/refresh', { body: { refreshToken } });
    const session = { body: { refreshToken: next.body.refreshToken } };
    const out = await client.send('POST /v1/auth/logout', session);
    const ended = await client.send('POST /v1/auth/refresh', session);

    expect([me.status, changed.status, preview.status]).toEqual([200, 200, 200]);
    expect(bought).toMatchObject({ status: 201, body: { username, status: 'COMPLETED', notional: '288.00' } });
    expect([again.status, again.headers.get('idempotency-replayed'), again.body]).toEqual([201, 'true', bought.body]);
    expect(sold).toMatchObject({ status: 201, body: { notional: '115.20' } });
    expect([...orders.body.items, ...rest.body.items]).toEqual([sold.body, bought.body]);
    expect(order.body).toEqual(bought.body);
    expect(cancelled).toMatchObject({ status: 409, body: { code: 'ORDER_NOT_CANCELLABLE' } });
    expect(balances.body).toMatchObject({ items: [{ code: 'MSFT' }, { code: 'USD', available: '822.20' }] });
    expect(balance.body).toMatchObject({ available: '6.000' });
    expect(journal.body.items).toHaveLength(2);
    expect(entry.body).toEqual(withdrawn.body);
    expect(portfolio.status).toBe(200);
    expect(JSON.stringify(portfolio.body)).toContain('995.00');
    expect([next.status, out.status, ended.status]).toEqual([200, 204, 401]);
  });

  it('serves administrators and the price feed', async () => {
    const { client } = stack();
    const [token, feed] = [await tokenOf(stack(), 'admin'), await tokenOf(stack(), 'price-feed')];
    const admin = client.as(token);
    const { username, accessToken } = await register(stack(), '100.00');
    const price = { price: '10.00', asOf: new Date().toISOString(), source: 'e2e' };
    const older = { ...price, asOf: '2026-01-05T09:30:00.000Z' };
    const terms = { name: 'Gold', category: 'COMMODITY', currency: 'USD', decimals: 2, priceScale: 2 };
    const edit = { expectedVersion: 1, name: 'Au' };
    const gift = { code: 'E2E.GOLD', amount: '2.5', description: 'a gift' };
    const order = { orderType: 'MARKET_BUY', assetId: 'E2E.GOLD', quantity: '1.5' };
    const statuses = (replies: readonly { readonly status: number }[]) => replies.map(({ status }) => status);

    const made = await admin.post('/v1/assets', { assetId: 'E2E.GOLD', ...terms });
    const changed = await client.send('PATCH /v1/assets/E2E.GOLD', { token, body: edit });
    const priced = await client.send('PUT /v1/assets/E2E.GOLD/price', { token: feed, body: price });
    const repriced = await client.send('PUT /v1/assets/E2E.GOLD/price', { token: feed, body: older });
    const bought = await client.as(accessToken).post<OrderResponse>('/v1/orders', order);
    const refunded = await admin.post(`/v1/orders/${bought.body.orderId}/refund`);
    const closed = await admin.post('/v1/assets/E2E.GOLD/deactivate');
    const opened = await admin.post('/v1/assets/E2E.GOLD/activate');
    const adjusted = await admin.post(`/v1/users/${username}/adjustments`, gift, { 'Idempotency-Key': 'gift' });
    const suspended = await admin.post(`/v1/users/${username}/suspend`);
    const reinstated = await admin.post(`/v1/users/${username}/reinstate`);

    expect(statuses([made, changed, priced, repriced])).toEqual([201, 200, 200, 409]);
    expect(statuses([bought, refunded, closed, opened])).toEqual([201, 200, 200, 200]);
    expect(statuses([adjusted, suspended, reinstated])).toEqual([201, 200, 200]);
    const status = async () => (await client.as(accessToken).get('/v1/users/me')).status;
    await eventually('the suspension has ended access', async () => (await status()) === 401);
  });

  it('serves assets, health, metrics, keys and the document to everybody', async () => {
    const { client, url } = stack();

    for (const path of ['/v1/assets', '/v1/assets?category=STOCK', '/v1/assets/MSFT', '/.well-known/jwks.json']) {
      expect((await client.send(`GET ${path}` as Target)).status).toBe(200);
    }
    for (const path of ['/health', '/health/live', '/health/ready']) {
      const health = await eventually(`${path} passes`, async () => {
        const { status, body } = await client.send(`GET ${path}` as Target);
        return status === 200 && body;
      });
      expect(health).toMatchObject({ status: 'pass' });
    }
    for (const path of ['/metrics', '/docs', '/docs/json']) expect((await fetch(`${url}${path}`)).status).toBe(200);
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('cnop_http_requests_total');
  });

  it('says of each list that comes from an index that it may lag, and of no other', () => {
    const lagging = stack()
      .contract.operations.filter(({ description = '' }) => description.startsWith('From an index,'))
      .map(({ method, path }) => `${method} ${path}`);

    expect(lagging.sort()).toEqual(['GET /v1/assets', 'GET /v1/orders']);
  });

  it('has every route on the page of the HTTP API', async () => {
    const document = (await (await fetch(`${stack().url}/openapi.json`)).json()) as OpenApiDocument;
    const page = readFileSync(join(__dirname, '../../../../docs/http-api.md'), 'utf8');
    // A route may be named by its end alone, after another one of the same beginning.
    const endsOf = (path: string) => [...path.matchAll(/\//g)].map(({ index }) => path.slice(index));

    const missing = operationsOf(document)
      .map(({ path }) => path)
      .filter((path) => !page.includes(`${path}\``) && !page.includes(`${path}?`))
      .filter((path) => !endsOf(path).some((end) => page.includes(`\`${end}\``)));

    expect(missing).toEqual([]);
  });

  it('has an OpenAPI document with every route of the three services, each with a rule', async () => {
    const document = (await (await fetch(`${stack().url}/openapi.json`)).json()) as OpenApiDocument;

    const operations = operationsOf(document);

    const open = operations.filter(({ security }) => security.length === 0).map(({ path }) => path);
    expect(operations.filter(({ path }) => path.startsWith('/v1/'))).toHaveLength(46);
    expect(open.sort()).toEqual([
      '/.well-known/jwks.json',
      '/health',
      '/health/live',
      '/health/ready',
      '/v1/assets',
      '/v1/assets/{assetId}',
      '/v1/assets/{assetId}/ticks',
      '/v1/auth/login',
      '/v1/auth/logout',
      '/v1/auth/refresh',
      '/v1/auth/register',
    ]);
  });

  it('returns a problem for an unknown route, method or media type', async () => {
    const { client } = stack();
    const text = { body: 'a=b', headers: { 'content-type': 'text/plain' } };

    expect((await client.send('GET /v2/orders')).status).toBe(404);
    const method = await client.send('PUT /v1/orders');
    expect([method.status, method.headers.get('allow')]).toEqual([405, 'DELETE, GET, HEAD, POST']);
    expect((await client.send('POST /v1/auth/login', text)).status).toBe(415);
  });

  it('leaves a clean ledger', async () => {
    expect(await checkLedger(database)).toMatchObject({ brokenCount: 0 });
  });
});
