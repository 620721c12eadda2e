import { randomBytes, randomUUID } from 'node:crypto';
import { checkLedger } from '@cnop/ledger-audit';
import { eventually } from '@cnop/testing';
import type { Sent, Target } from '../../src/client.ts';
import { register, tokenOf, useStack, type Person } from '../support/use-stack.ts';

const { database, stack } = useStack();
const buy = { orderType: 'MARKET_BUY', assetId: 'MSFT', quantity: '1' };
const send = <TBody = unknown>(target: Target, sent: Sent) => stack().client.send<TBody>(target, sent);

interface Problem {
  readonly errors?: readonly object[];
}

let ada: Person;

beforeAll(async () => {
  ada = await register(stack(), '1000.00');
});

/** The lines that a request has left in the log; the one of the request itself comes last. */
const linesOf = (requestId: string) =>
  eventually(`the log has the lines of ${requestId}`, () => {
    const lines = stack()
      .log()
      .split('\n')
      .filter((line) => line.includes(requestId));
    const parsed = lines.map((line) => JSON.parse(line) as Readonly<Record<string, string>>);
    return parsed.some(({ msg }) => msg === 'request') && parsed;
  });

const as = ({ accessToken }: Person) => stack().client.as(accessToken);
const cashOf = async (user: Person) => (await as(user).get<{ available: string }>('/v1/balances/USD')).body.available;

describe('fields that a client may not set', () => {
  const fields = [
    { role: 'admin' },
    { price: '0.01' },
    { status: 'COMPLETED' },
    { username: 'admin' },
    { version: 1 },
    { pk: 'USER#admin' },
    { createdAt: '2020-01-01T00:00:00.000Z' },
  ];

  it.each(fields)('are refused: %p', async (field) => {
    const before = await cashOf(ada);
    const { accessToken: token, refreshToken } = ada;
    const username = `mallory-${randomBytes(4).toString('hex')}`;
    const names = { firstName: 'M', lastName: 'M', email: `${username}@mail.example` };
    const money = { code: 'USD', amount: '1', ...field };
    const replies = [
      await send('POST /v1/orders', { token, body: { ...buy, ...field } }),
      await send('POST /v1/orders/preview', { token, body: { ...buy, ...field } }),
      await send('POST /v1/deposits', { token, body: money }),
      await send('POST /v1/withdrawals', { token, body: money }),
      await send('PATCH /v1/users/me', { token, body: { firstName: 'Eve', ...field } }),
      await send('POST /v1/auth/refresh', { body: { refreshToken, ...field } }),
    ];
    if (!('username' in field)) {
      const registration = { username, password: 'correct horse battery', ...names, ...field };
      replies.push(await send('POST /v1/auth/register', { body: registration }));
    }

    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 400));
    expect(await cashOf(ada)).toBe(before);
    expect((await send('GET /v1/users/me', { token })).body).toMatchObject({ role: 'customer', firstName: 'Ada' });
  });
});

describe('what no schema knows', () => {
  const samples: Readonly<Record<string, string>> = {
    assetId: 'MSFT',
    code: 'USD',
    orderId: randomUUID(),
    transactionId: '01J00000000000000000000000',
    username: 'nobody-here',
  };
  const unknownField = { pointer: '/surprise', rule: 'unrecognized_keys' };
  const operations = () =>
    stack().contract.operations.map(({ method, path, requestBody }) => {
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => samples[name] ?? '');
      return { target: `${method} ${filled}` as Target, takesBody: requestBody !== undefined, method };
    });
  const venueRoutes = /executions$|confirm-end$|^GET \/v1\/venue\//u;
  const tokenFor = async (target: string) =>
    tokenOf(stack(), target.startsWith('PUT ') ? 'price-feed' : venueRoutes.test(target) ? 'venue' : 'admin');

  it('is refused in the body of every route', async () => {
    const routes = operations().filter(({ method }) => method !== 'GET' && method !== 'HEAD');

    expect(routes.length).toBeGreaterThan(15);
    for (const { target } of routes) {
      const token = await tokenFor(target);
      const { status, body } = await send<Problem>(target, { token, body: { ...buy, surprise: 1 } });

      expect([target, status]).toEqual([target, 400]);
      expect(body.errors).toContainEqual(expect.objectContaining(unknownField));
    }
  });

  it('is refused in the query of every route', async () => {
    for (const { target, takesBody } of operations()) {
      const token = await tokenFor(target);
      const { status, body } = await send<Problem>(`${target}?surprise=1`, { token });

      expect([target, status]).toEqual([target, 400]);
      // A body is looked at before the query.
      if (!takesBody) expect(body.errors).toContainEqual(expect.objectContaining(unknownField));
    }
  });

  it('places no order when the query asks for a dry run', async () => {
    const before = await cashOf(ada);
    const orders = async () => (await as(ada).get<{ items: object[] }>('/v1/orders')).body.items;

    const { status, body } = await send('POST /v1/orders?dryRun=true', { token: ada.accessToken, body: buy });

    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ pointer: '/dryRun' }] });
    expect(await orders()).toEqual([]);
    expect(await cashOf(ada)).toBe(before);
  });
});

describe('what is sent beside the fields', () => {
  it('are idempotency keys of any visible characters, taken as they are', async () => {
    const user = as(await register(stack()));
    const deposit = (key: string) =>
      user.post('/v1/deposits', { code: 'USD', amount: '1.00' }, { 'Idempotency-Key': key });

    for (const key of ['KEY#admin#k', '../..', '%23', '{"a":1}']) {
      expect((await deposit(key)).status).toBe(201);
      expect((await deposit(key)).headers.get('idempotency-replayed')).toBe('true');
    }
    expect((await user.get('/v1/balances/USD')).body).toMatchObject({ available: '4.00' });
  });

  it.each<[number, string, Record<string, string>]>([
    [413, `{"description":"${'x'.repeat(20_000)}"}`, {}],
    [400, '{"code":"USD","amount":"1.00","__proto__":{"role":"admin"}}', {}],
    [415, '{"code":"USD","amount":"1.00"}', { 'content-encoding': 'gzip' }],
  ])('is refused by %p, and changes nothing: %s', async (status, body, headers) => {
    const before = await cashOf(ada);

    expect((await as(ada).post('/v1/deposits', body, headers)).status).toBe(status);
    expect(await cashOf(ada)).toBe(before);
  });
});

describe('after all this', () => {
  it('the ledger is clean', async () => {
    expect(await checkLedger(database)).toMatchObject({ brokenCount: 0 });
  });

  it('no line of the log holds a secret, and each request has its line', async () => {
    const requestId = `e2e-${randomUUID()}`;
    const body = { code: 'USD', amount: '1.00', description: 'a secret description' };
    await as(ada).post('/v1/deposits', body, { 'x-request-id': requestId });
    await send('POST /v1/auth/login', { body: { username: ada.username, password: 'a wrong password' } });
    const lines = await linesOf(requestId);
    const log = stack().log();

    // Every password, token and address of these tests is looked for at the end of the stack, too.
    expect(stack().secrets.leakedIn(log)).toEqual([]);
    const others = ['a secret description', '@mail.example', '$argon2', 'a wrong password'];
    for (const secret of others) expect(log.includes(secret) && secret).toBe(false);
    expect(lines).toContainEqual(expect.objectContaining({ msg: 'database request' }));
    expect(lines).toContainEqual(expect.objectContaining({ route: '/v1/deposits', user: ada.username }));
  });
});
