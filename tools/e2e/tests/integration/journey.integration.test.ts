import type { AssetResponse } from '@cnop/entities-inventory';
import type { OrderListResponse, OrderResponse } from '@cnop/entities-order';
import type { BalanceTransactionResponse } from '@cnop/entities-ledger';
import type { TokenResponse } from '@cnop/entities-user';
import { checkLedger } from '@cnop/ledger-audit';
import { eventually } from '@cnop/testing';
import { operationsOf, type OpenApiDocument } from '@cnop/e2e';
import { register, tokenOf } from '../support/people.ts';
import { useStack } from '../support/stack-process.ts';

const { database, stack } = useStack();
const buy = { orderType: 'MARKET_BUY', assetId: 'MSFT', quantity: '10' };

describe('the stack', () => {
  it('serves a user from registration to log-out', async () => {
    const { client } = stack();
    const { username, accessToken: token, refreshToken } = await register(stack(), '1000.00');

    const me = await client.send('GET /v1/users/me', { token });
    const changed = await client.send('PATCH /v1/users/me', { token, body: { firstName: 'Augusta' } });
    const preview = await client.send('POST /v1/orders/preview', { token, body: buy });
    const bought = await client.send<OrderResponse>('POST /v1/orders', {
      token,
      body: buy,
      headers: { 'Idempotency-Key': 'journey-1' },
    });
    const again = await client.send('POST /v1/orders', { token, body: { ...buy, clientOrderId: 'journey-1' } });
    const sold = await client.send<OrderResponse>('POST /v1/orders', {
      token,
      body: { orderType: 'MARKET_SELL', assetId: 'MSFT', quantity: '4' },
    });
    const orders = await client.send<OrderListResponse>('GET /v1/orders?assetId=MSFT&limit=1', { token });
    const rest = await client.send<OrderListResponse>(
      `GET /v1/orders?assetId=MSFT&limit=1&cursor=${orders.body.nextCursor!}`,
      { token },
    );
    const order = await client.send(`GET /v1/orders/${bought.body.orderId}`, { token });
    const cancelled = await client.send(`POST /v1/orders/${bought.body.orderId}/cancel`, { token });
    const withdrawn = await client.send<BalanceTransactionResponse>('POST /v1/withdrawals', {
      token,
      body: { code: 'USD', amount: '5.00', description: 'coffee' },
    });
    const balances = await client.send('GET /v1/balances', { token });
    const balance = await client.send('GET /v1/balances/MSFT', { token });
    const journal = await client.send<{ items: object[] }>('GET /v1/transactions?code=MSFT', { token });
    const entry = await client.send(`GET /v1/transactions/${withdrawn.body.transactionId}`, { token });
    const portfolio = await client.send('GET /v1/portfolio', { token });
    const next = await client.send<TokenResponse>('POST /v1/auth/refresh', { body: { refreshToken } });
    const out = await client.send('POST /v1/auth/logout', { body: { refreshToken: next.body.refreshToken } });
    const ended = await client.send('POST /v1/auth/refresh', { body: { refreshToken: next.body.refreshToken } });

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
    const [admin, feed] = [await tokenOf(stack(), 'admin'), await tokenOf(stack(), 'price-feed')];
    const { username, accessToken: token } = await register(stack(), '100.00');
    const asset = {
      assetId: 'E2E.GOLD',
      name: 'Gold',
      category: 'COMMODITY',
      currency: 'USD',
      decimals: 2,
      priceScale: 2,
    };
    const price = { price: '10.00', asOf: new Date().toISOString(), source: 'e2e' };

    const made = await client.send<AssetResponse>('POST /v1/assets', { token: admin, body: asset });
    const changed = await client.send('PATCH /v1/assets/E2E.GOLD', {
      token: admin,
      body: { expectedVersion: 1, name: 'Au' },
    });
    const priced = await client.send('PUT /v1/assets/E2E.GOLD/price', { token: feed, body: price });
    const older = await client.send('PUT /v1/assets/E2E.GOLD/price', {
      token: feed,
      body: { ...price, asOf: '2026-01-05T09:30:00.000Z' },
    });
    const order = { orderType: 'MARKET_BUY', assetId: 'E2E.GOLD', quantity: '1.5' };
    const bought = await client.send<OrderResponse>('POST /v1/orders', { token, body: order });
    const refunded = await client.send(`POST /v1/orders/${bought.body.orderId}/refund`, { token: admin });
    const closed = await client.send('POST /v1/assets/E2E.GOLD/deactivate', { token: admin });
    const opened = await client.send('POST /v1/assets/E2E.GOLD/activate', { token: admin });
    const adjusted = await client.send(`POST /v1/users/${username}/adjustments`, {
      token: admin,
      body: { code: 'E2E.GOLD', amount: '2.5', description: 'a gift' },
      headers: { 'Idempotency-Key': 'gift' },
    });
    const suspended = await client.send(`POST /v1/users/${username}/suspend`, { token: admin });
    const reinstated = await client.send(`POST /v1/users/${username}/reinstate`, { token: admin });

    expect([made.status, changed.status, priced.status, older.status]).toEqual([201, 200, 200, 409]);
    expect([bought.status, refunded.status, closed.status, opened.status]).toEqual([201, 200, 200, 200]);
    expect([adjusted.status, suspended.status, reinstated.status]).toEqual([201, 200, 200]);
    await eventually('the suspension has ended access', async () => {
      const { status } = await client.send('GET /v1/users/me', { token });
      return status === 401;
    });
  });

  it('serves anybody who looks at assets, health, metrics, keys and the document', async () => {
    const { client, url } = stack();

    for (const path of ['/v1/assets', '/v1/assets?category=STOCK', '/v1/assets/MSFT', '/.well-known/jwks.json']) {
      expect((await client.send(`GET ${path as `/${string}`}`)).status).toBe(200);
    }
    for (const path of ['/health', '/health/live', '/health/ready']) {
      const health = await eventually(`${path} passes`, async () => {
        const { status, body } = await client.send(`GET ${path as `/${string}`}`);
        return status === 200 && body;
      });
      expect(health).toMatchObject({ status: 'pass' });
    }
    for (const path of ['/metrics', '/docs', '/docs/json']) expect((await fetch(`${url}${path}`)).status).toBe(200);
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('cnop_http_requests_total');
  });

  it('has an OpenAPI document with every route of the three services, each with a rule', async () => {
    const { url } = stack();
    const document = (await (await fetch(`${url}/openapi.json`)).json()) as OpenApiDocument;

    const operations = operationsOf(document);

    expect(operations.filter(({ path }) => path.startsWith('/v1/'))).toHaveLength(32);
    expect(
      operations
        .filter(({ security }) => security.length === 0)
        .map(({ path }) => path)
        .sort(),
    ).toEqual([
      '/.well-known/jwks.json',
      '/health',
      '/health/live',
      '/health/ready',
      '/v1/assets',
      '/v1/assets/{assetId}',
      '/v1/auth/login',
      '/v1/auth/logout',
      '/v1/auth/refresh',
      '/v1/auth/register',
    ]);
  });

  it('answers what is no route, no method and no type as problems', async () => {
    const { client } = stack();

    expect((await client.send('GET /v2/orders')).status).toBe(404);
    const method = await client.send('DELETE /v1/orders');
    expect([method.status, method.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
    expect(
      (await client.send('POST /v1/auth/login', { body: 'a=b', headers: { 'content-type': 'text/plain' } })).status,
    ).toBe(415);
  });

  it('leaves a clean ledger', async () => {
    expect(await checkLedger(database)).toMatchObject({ brokenCount: 0 });
  });
});
