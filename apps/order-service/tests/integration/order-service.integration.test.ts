import type { ProblemDetails } from '@cnop/exceptions';
import { createOrderFlow } from '@cnop/flow-order';
import { buildOrderService, checkTables } from '@cnop/order-service';
import { useTestTables } from '../support/test-tables.ts';

const { database, trader, cashOf } = useTestTables();
const service = buildOrderService({ flow: createOrderFlow({ database }), health: checkTables(database) });
let url = '';

beforeAll(async () => {
  url = await service.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => service.close());

async function post(body: object, headers: Record<string, string> = {}) {
  const answer = await fetch(`${url}/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const answered: unknown = await answer.json();

  return { status: answer.status, headers: answer.headers, body: answered };
}

const buy = (username: string, fields: object = {}) => ({
  username,
  orderType: 'MARKET_BUY',
  assetId: 'MSFT',
  quantity: '2',
  ...fields,
});

describe('the order service on a DynamoDB', () => {
  it('executes a market order and says what became of it', async () => {
    const username = await trader();

    const { status, headers, body } = await post(buy(username));

    expect(status).toBe(201);
    expect(headers.has('idempotency-replayed')).toBe(false);
    expect(body).toMatchObject({
      username,
      status: 'COMPLETED',
      assetId: 'MSFT',
      quantity: '2.000',
      notional: '50.00',
    });
    expect(await cashOf(username)).toBe(5_000n);
  });

  it('answers a repeat under one Idempotency-Key with the same order, once paid for', async () => {
    const username = await trader();
    const first = await post(buy(username), { 'Idempotency-Key': 'k-1' });

    const repeat = await post(buy(username, { quantity: '2.0', clientOrderId: 'k-1' }));

    expect(repeat.status).toBe(201);
    expect(repeat.headers.get('idempotency-replayed')).toBe('true');
    expect(repeat.body).toEqual(first.body);
    expect(await cashOf(username)).toBe(5_000n);
  });

  it('refuses another order under the same key', async () => {
    const username = await trader();
    await post(buy(username), { 'Idempotency-Key': 'k-1' });

    const { status, body } = await post(buy(username, { quantity: '1' }), { 'Idempotency-Key': 'k-1' });

    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('refuses a key and a client order id that differ', async () => {
    const order = buy(await trader(), { clientOrderId: 'k-1' });

    const { status, body } = await post(order, { 'Idempotency-Key': 'k-2' });

    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ pointer: '/Idempotency-Key' }] });
  });

  it('says what is available and what is required', async () => {
    const username = await trader();

    const { status, headers, body } = await post(buy(username, { quantity: '4.001' }));

    expect(status).toBe(422);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body).toMatchObject({ details: { code: 'USD', available: '100.00', required: '100.03' } });
    expect(await cashOf(username)).toBe(10_000n);
  });

  it('points at every field of the body that breaks a rule', async () => {
    const order = buy('No Name', { quantity: 1.5, price: '1', note: 'x' });

    const { status, body } = await post(order, { 'Idempotency-Key': 'two words' });

    expect(status).toBe(400);
    expect((body as ProblemDetails).errors?.map(({ pointer }) => pointer).sort()).toEqual([
      '/Idempotency-Key',
      '/note',
      '/price',
      '/quantity',
      '/username',
    ]);
  });

  it.each([
    ['no username', { username: undefined }, '/username'],
    ['no order type', { orderType: undefined }, '/orderType'],
    ['a status of the client’s', { status: 'COMPLETED' }, '/status'],
  ])('refuses %s', async (_title, fields, pointer) => {
    const { status, body } = await post({ ...buy('ada'), ...fields });

    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ pointer }] });
  });

  it('does not know an asset that is not listed', async () => {
    const { status, body } = await post(buy(await trader(), { assetId: 'NONE' }));

    expect(status).toBe(404);
    expect(body).toMatchObject({ code: 'ASSET_NOT_FOUND', details: { assetId: 'NONE' } });
  });

  it('is healthy while its three tables are there', async () => {
    const answer = await fetch(`${url}/health`);

    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ status: 'pass' });
  });
});

describe('the order service without its tables', () => {
  it('is not ready, and tells nothing but that an order failed', async () => {
    const nowhere = { ...database, tableName: (name: string) => `${database.tableName(name)}-gone` };
    const options = { flow: createOrderFlow({ database: nowhere }), health: checkTables(nowhere) };
    const broken = buildOrderService(options);

    const health = await broken.inject('/health');
    const order = await broken.inject({ method: 'POST', url: '/orders', payload: buy('ada') });

    expect(health.statusCode).toBe(503);
    expect(health.json()).toMatchObject({ status: 'fail' });
    expect(order.statusCode).toBe(500);
    expect(order.json()).toMatchObject({ code: 'INTERNAL_ERROR' });
    expect(order.json()).not.toHaveProperty('details');
  });
});
