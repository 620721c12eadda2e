import { createHmac, createPublicKey, randomBytes, randomUUID, type JsonWebKey } from 'node:crypto';
import { getUserDao } from '@cnop/dao-user';
import { readItem } from '@cnop/database-core';
import type { OrderListResponse, OrderResponse } from '@cnop/entities-order';
import type { BalanceTransactionListResponse } from '@cnop/entities-ledger';
import type { TokenResponse } from '@cnop/entities-user';
import { userItemExtras, userKey } from '@cnop/entities-user/table';
import { checkLedger } from '@cnop/ledger-audit';
import { stackTokens } from '@cnop/local-stack';
import { createTokenIssuer, generateSigningKey } from '@cnop/middleware';
import { eventually } from '@cnop/testing';
import { importJWK, SignJWT, type JWK } from 'jose';
import type { Sent, Target } from '../../src/client.ts';
import { logIn, register, tokenOf, useStack, type Person } from '../support/use-stack.ts';

const { database, stack } = useStack();
const buy = { orderType: 'MARKET_BUY', assetId: 'MSFT', quantity: '1' };
const send = <TBody = unknown>(target: Target, sent?: Sent) => stack().client.send<TBody>(target, sent);

let ada: Person;
let eve: Person;

beforeAll(async () => {
  ada = await register(stack(), '1000.00');
  eve = await register(stack(), '10.00');
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

const as = ({ accessToken }: Pick<Person, 'accessToken'>) => stack().client.as(accessToken);
const cashOf = async (user: Person) => (await as(user).get<{ available: string }>('/v1/balances/USD')).body.available;
const orderOf = async (user: Person) => (await as(user).post<OrderResponse>('/v1/orders', buy)).body;

describe('what belongs to another user', () => {
  it('is 404, whatever the id', async () => {
    const { orderId } = await orderOf(ada);
    const journal = await as(ada).get<BalanceTransactionListResponse>('/v1/transactions');
    const token = eve.accessToken;
    const targets = [
      ...[orderId, orderId.toUpperCase(), randomUUID()].flatMap((id) => [
        `GET /v1/orders/${id}`,
        `POST /v1/orders/${id}/cancel`,
      ]),
      ...journal.body.items.map(({ transactionId }) => `GET /v1/transactions/${transactionId}`),
      'GET /v1/balances/MSFT',
    ] as Target[];

    for (const target of targets) expect([target, (await send(target, { token })).status]).toEqual([target, 404]);
    expect((await send<OrderListResponse>('GET /v1/orders', { token })).body.items).toEqual([]);
  });

  it('is not reached by the cursors of others', async () => {
    for (let n = 0; n < 2; n += 1) await orderOf(ada);
    for (const path of ['/v1/orders', '/v1/transactions'] as const) {
      const { nextCursor } = (await as(ada).get<{ nextCursor: string }>(`${path}?limit=1`)).body;

      const foreign = await as(eve).get(`${path}?limit=1&cursor=${nextCursor}`);
      const otherQuery = await as(ada).get(`${path}?limit=1&status=COMPLETED&cursor=${nextCursor}`);

      const refusal = { status: 400, body: { code: 'CURSOR_INVALID' } };
      expect([foreign, otherQuery]).toMatchObject([refusal, refusal]);
    }
  });

  it('is 403 where only an administrator or the price feed has the right', async () => {
    const { orderId } = await orderOf(ada);
    const targets = [
      `POST /v1/orders/${orderId}/refund`,
      `POST /v1/users/${ada.username}/suspend`,
      `POST /v1/users/${eve.username}/adjustments`,
      'POST /v1/assets',
      'PATCH /v1/assets/MSFT',
      'POST /v1/assets/MSFT/deactivate',
      'PUT /v1/assets/MSFT/price',
    ] as Target[];

    for (const target of targets) {
      expect([target, (await send(target, { token: eve.accessToken, body: {} })).status]).toEqual([target, 403]);
    }
    const admin = await tokenOf(stack(), 'admin');
    expect((await send('PUT /v1/assets/MSFT/price', { token: admin, body: {} })).status).toBe(403);
  });
});

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

describe('tokens', () => {
  const now = () => Math.floor(new Date().getTime() / 1000);
  const claims = () => ({
    iss: stackTokens.issuer,
    aud: stackTokens.audience,
    sub: ada.username,
    role: 'customer',
    sessionEpoch: 0,
    jti: randomUUID(),
    iat: now(),
    nbf: now(),
    exp: now() + 60,
  });
  const signed = async (key: JWK, changed: object = {}, header: object = {}) =>
    await new SignJWT({ ...claims(), ...changed })
      .setProtectedHeader({ alg: 'ES256', kid: key.kid, typ: 'at+jwt', ...header })
      .sign(await importJWK(key, 'ES256'));
  const statusWith = async (token: string) => (await send('GET /v1/users/me', { token })).status;
  const base64 = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

  it('of the right key, audience, issuer and time are accepted', async () => {
    expect(await statusWith(await signed(stack().key))).toBe(200);
  });

  it.each<[string, () => object]>([
    ['another audience', () => ({ aud: 'other' })],
    ['another issuer', () => ({ iss: 'https://else.example' })],
    ['an expiry in the past', () => ({ exp: now() - 60 })],
    ['a start in the future', () => ({ nbf: now() + 60 })],
    ['another role', () => ({ role: 'admin' })],
    ['another epoch', () => ({ sessionEpoch: 1 })],
    ['an unknown user', () => ({ sub: 'nobody-at-all' })],
  ])('with %s are 401', async (_title, changed) => {
    expect(await statusWith(await signed(stack().key, changed()))).toBe(401);
  });

  it('without a signature, with HS256 over the public key, and of another key are 401', async () => {
    const { key } = stack();
    const { body } = await send<{ keys: JsonWebKey[] }>('GET /.well-known/jwks.json');
    const [jwk] = body.keys;
    const pem = createPublicKey({ key: jwk!, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    const head = (alg: string) => `${base64({ alg, kid: key.kid, typ: 'at+jwt' })}.${base64(claims())}`;
    const hmac = (secret: string | Buffer) => createHmac('sha256', secret).update(head('HS256')).digest('base64url');
    const other = { ...(await generateSigningKey('ES256')), kid: key.kid! };

    for (const token of [
      `${head('none')}.`,
      `${head('None')}.`,
      `${head('HS256')}.${hmac(pem)}`,
      `${head('HS256')}.${hmac(JSON.stringify(jwk))}`,
      await signed(other),
      await signed(other, {}, { jwk: { kty: other.kty, crv: other.crv, x: other.x, y: other.y } }),
      `${(await signed(key)).slice(0, -6)}AAAAAA`,
    ]) {
      expect([token, await statusWith(token)]).toEqual([token, 401]);
    }
  });

  it('of a deleted user are 401', async () => {
    const { username, accessToken, refreshToken } = await register(stack());
    expect(await statusWith(accessToken)).toBe(200);

    await getUserDao(database).updateUser({ username, expectedVersion: 1, changes: { status: 'DELETED' } });
    await eventually('the deletion has ended access', async () => (await statusWith(accessToken)) === 401);

    expect((await send('POST /v1/auth/refresh', { body: { refreshToken } })).status).toBe(401);
    const issuer = await createTokenIssuer({ ...stackTokens, keys: { keys: [stack().key] } });
    const fresh = await issuer.issue({ username, role: 'customer', sessionEpoch: 1 });
    expect(await statusWith(fresh.accessToken)).toBe(401);
  });
});

describe('logging in', () => {
  const attempt = async (username: string) => {
    const requestId = `e2e-${randomUUID()}`;
    const { status, headers, body } = await send('POST /v1/auth/login', {
      body: { username, password: 'a wrong password' },
      headers: { 'x-request-id': requestId },
    });
    return { requestId, status, headerNames: [...headers.keys()], body: { ...(body as object), requestId: '' } };
  };

  it('returns the same for an unknown user and a wrong password, after the same requests to the database', async () => {
    const wrong = await attempt((await register(stack())).username);
    const unknown = await attempt(`nobody-${randomBytes(5).toString('hex')}`);

    const databaseRequests = async ({ requestId }: typeof wrong) =>
      (await linesOf(requestId)).flatMap(({ msg, operation, outcome }) =>
        msg === 'database request' ? [`${operation} ${outcome}`] : [],
      );
    expect(unknown).toEqual({ ...wrong, requestId: unknown.requestId });
    expect(wrong.status).toBe(401);
    // Which hash each of them verifies is tested beside the hashes: both have the same cost.
    expect(await databaseRequests(wrong)).toEqual(['BatchGetItem ok', 'UpdateItem ok']);
    expect(await databaseRequests(unknown)).toEqual(['BatchGetItem ok', 'UpdateItem ok']);
  });

  it('slows down guesses, and locks nobody out', async () => {
    const { username, password } = await register(stack());
    const guesses = [];
    // Delays grow with each failure: in the end they are longer than the slowest machine takes for a guess.
    while (guesses.at(-1) !== 429) guesses.push((await attempt(username)).status);

    expect(guesses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
    const login = () => logIn(stack().client, { username, password });
    expect((await eventually('the delay is over', login)).tokenType).toBe('Bearer');
  });

  it('ends a session when a refresh token is used again', async () => {
    const { refreshToken: first } = await register(stack());
    const refresh = (refreshToken: string) => send<TokenResponse>('POST /v1/auth/refresh', { body: { refreshToken } });
    const { body: second } = await refresh(first);
    const { body: third } = await refresh(second.refreshToken);

    expect((await refresh(first)).body).toMatchObject({ code: 'SESSION_ENDED', details: { reason: 'reused' } });
    expect((await refresh(third.refreshToken)).status).toBe(401);
  });

  it('stores passwords as argon2id alone', async () => {
    const key = { ...userKey(ada.username) };
    const item = await readItem(database, { tableName: database.tableName('users'), key });

    expect(userItemExtras(item!).passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(JSON.stringify(item)).not.toContain(ada.password);
  });
});

describe('keys of the tables', () => {
  const forgeries = ['USER#admin', 'x#y', '..', '../admin', 'a/b', 'ada\u0000', '%23', ' admin', 'ａdmin', '*'];

  it.each(forgeries)('cannot be forged through a path, a query or a body by %p', async (text) => {
    const admin = await tokenOf(stack(), 'admin');
    const { accessToken: token } = ada;
    const forged = encodeURIComponent(text);
    const before = await cashOf(ada);
    const requests: [Target, Sent][] = [
      [`GET /v1/orders/${forged}`, { token }],
      [`GET /v1/balances/${forged}`, { token }],
      [`GET /v1/transactions/${forged}`, { token }],
      [`GET /v1/assets/${forged}`, {}],
      [`GET /v1/orders?assetId=${forged}`, { token }],
      [`GET /v1/transactions?code=${forged}`, { token }],
      [`POST /v1/users/${forged}/suspend`, { token: admin }],
      ['POST /v1/orders', { token, body: { ...buy, assetId: text } }],
      ['POST /v1/deposits', { token, body: { code: text, amount: '1' } }],
      ['POST /v1/auth/login', { body: { username: text, password: 'x' } }],
    ];

    for (const [target, sent] of requests) expect([400, 401, 404, 405]).toContain((await send(target, sent)).status);
    expect(await cashOf(ada)).toBe(before);
  });

  it('take idempotency keys of any visible characters as they are', async () => {
    const user = as(await register(stack()));
    const deposit = (key: string) =>
      user.post('/v1/deposits', { code: 'USD', amount: '1.00' }, { 'Idempotency-Key': key });

    for (const key of ['KEY#admin#k', '../..', '%23', '{"a":1}']) {
      expect((await deposit(key)).status).toBe(201);
      expect((await deposit(key)).headers.get('idempotency-replayed')).toBe('true');
    }
    expect((await user.get('/v1/balances/USD')).body).toMatchObject({ available: '4.00' });
  });
});

describe('malformed and hostile bodies', () => {
  const deposit = '"code":"USD","amount":"1.00"';
  const described = (description: string) => `{${deposit},"description":${description}}`;
  const bodies: [string, string | Uint8Array, number][] = [
    ['oversized', described(`"${'x'.repeat(20_000)}"`), 413],
    ['deeply nested', described(`${'['.repeat(2_000)}${']'.repeat(2_000)}`), 400],
    ['with a key twice', `{${deposit},"amount":"2.00"}`, 400],
    ['not UTF-8', Buffer.from(described('"\u00ff\u00fe"'), 'latin1'), 400],
    ['with __proto__', `{${deposit},"__proto__":{"role":"admin"}}`, 400],
    ['with a constructor', `{${deposit},"constructor":{"prototype":{"role":"admin"}}}`, 400],
    ['with half a surrogate pair', described('"\\ud800"'), 400],
    ['cut short', `{${deposit}`, 400],
    ['a list', `[{${deposit}}]`, 400],
    ['with a comment', `{${deposit} /* */}`, 400],
    ['with a number out of range', `{"code":"USD","amount":1e999}`, 400],
  ];

  it.each(bodies)('are refused and change nothing: %s', async (_title, body, status) => {
    const before = await cashOf(ada);

    expect((await as(ada).post('/v1/deposits', body)).status).toBe(status);
    expect(await cashOf(ada)).toBe(before);
    expect(({} as { role?: string }).role).toBeUndefined();
  });

  it.each([
    { 'content-type': 'application/json; charset=utf-16' },
    { 'content-encoding': 'gzip' },
    { 'content-type': 'multipart/form-data' },
  ] as Record<string, string>[])('are refused with %j', async (headers) => {
    expect((await as(ada).post('/v1/deposits', `{${deposit}}`, headers)).status).toBe(415);
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
