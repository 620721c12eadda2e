import { createHmac, createPublicKey, randomBytes, randomUUID, type JsonWebKey } from 'node:crypto';
import { getUserDao } from '@cnop/dao-user';
import { readItem } from '@cnop/database-core';
import type { ClientRequest } from '@cnop/e2e';
import type { OrderListResponse, OrderResponse } from '@cnop/entities-order';
import type { BalanceTransactionListResponse } from '@cnop/entities-ledger';
import type { TokenResponse } from '@cnop/entities-user';
import { userItemExtras, userKey } from '@cnop/entities-user/table';
import { checkLedger } from '@cnop/ledger-audit';
import { stackTokens } from '@cnop/local-stack';
import { createTokenIssuer, generateSigningKey } from '@cnop/middleware';
import { eventually } from '@cnop/testing';
import { importJWK, SignJWT, type JWK } from 'jose';
import { logIn, register, tokenOf, type Person } from '../support/people.ts';
import { useStack } from '../support/stack-process.ts';

const { database, stack } = useStack();
const buy = { orderType: 'MARKET_BUY', assetId: 'MSFT', quantity: '1' };
const send = (...args: Parameters<ReturnType<typeof stack>['client']['send']>) => stack().client.send(...args);

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
      .filter((line) => line.includes(requestId))
      .map((line) => JSON.parse(line) as Readonly<Record<string, string>>);
    return lines.some(({ msg }) => msg === 'request') && lines;
  });

const cashOf = async ({ accessToken: token }: Person) =>
  (await stack().client.send<{ available: string }>('GET /v1/balances/USD', { token })).body.available;

describe('what belongs to another user', () => {
  it('is 404, whatever the id', async () => {
    const { body: order } = await stack().client.send<OrderResponse>('POST /v1/orders', {
      token: ada.accessToken,
      body: buy,
    });
    const { body: journal } = await stack().client.send<BalanceTransactionListResponse>('GET /v1/transactions', {
      token: ada.accessToken,
    });
    const token = eve.accessToken;
    const requests = [
      ...[order.orderId, order.orderId.toUpperCase(), randomUUID()].flatMap((id) => [
        `GET /v1/orders/${id}`,
        `POST /v1/orders/${id}/cancel`,
      ]),
      ...journal.items.map(({ transactionId }) => `GET /v1/transactions/${transactionId}`),
      'GET /v1/balances/MSFT',
    ] as ClientRequest[];

    for (const request of requests) expect([request, (await send(request, { token })).status]).toEqual([request, 404]);
    expect((await stack().client.send<OrderListResponse>('GET /v1/orders', { token })).body.items).toEqual([]);
  });

  it('is beyond the cursors of others', async () => {
    for (let n = 0; n < 2; n += 1) await send('POST /v1/orders', { token: ada.accessToken, body: buy });
    for (const path of ['/v1/orders', '/v1/transactions'] as const) {
      const { body } = await stack().client.send<{ nextCursor: string }>(`GET ${path}?limit=1`, {
        token: ada.accessToken,
      });

      const foreign = await send(`GET ${path}?limit=1&cursor=${body.nextCursor}`, { token: eve.accessToken });
      const otherQuery = await send(`GET ${path}?limit=1&status=COMPLETED&cursor=${body.nextCursor}`, {
        token: ada.accessToken,
      });

      for (const answer of [foreign, otherQuery]) {
        expect(answer).toMatchObject({ status: 400, body: { code: 'CURSOR_INVALID' } });
      }
    }
  });

  it('is beyond what an administrator may settle or refund without being one', async () => {
    const { body: order } = await stack().client.send<OrderResponse>('POST /v1/orders', {
      token: ada.accessToken,
      body: buy,
    });
    const requests = [
      `POST /v1/orders/${order.orderId}/refund`,
      `POST /v1/users/${ada.username}/suspend`,
      `POST /v1/users/${eve.username}/adjustments`,
      'POST /v1/assets',
      'PATCH /v1/assets/MSFT',
      'POST /v1/assets/MSFT/deactivate',
      'PUT /v1/assets/MSFT/price',
    ] as ClientRequest[];

    for (const request of requests) {
      expect([request, (await send(request, { token: eve.accessToken, body: {} })).status]).toEqual([request, 403]);
    }
    const admin = await tokenOf(stack(), 'admin');
    expect((await send('PUT /v1/assets/MSFT/price', { token: admin, body: {} })).status).toBe(403);
  });
});

describe('fields that are not a client’s to set', () => {
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
    const { accessToken: token } = ada;
    const name = `mallory-${randomBytes(4).toString('hex')}`;
    const person = { password: 'correct horse battery', email: `${name}@mail.example`, firstName: 'M', lastName: 'M' };
    const answers = [
      await send('POST /v1/orders', { token, body: { ...buy, ...field } }),
      await send('POST /v1/orders/preview', { token, body: { ...buy, ...field } }),
      await send('POST /v1/deposits', { token, body: { code: 'USD', amount: '1', ...field } }),
      await send('POST /v1/withdrawals', { token, body: { code: 'USD', amount: '1', ...field } }),
      await send('PATCH /v1/users/me', { token, body: { firstName: 'Eve', ...field } }),
      await send('POST /v1/auth/refresh', { body: { refreshToken: ada.refreshToken, ...field } }),
      ...('username' in field
        ? []
        : [await send('POST /v1/auth/register', { body: { ...person, username: name, ...field } })]),
    ];

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 400));
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

  it('of the right key, audience, issuer and time are good', async () => {
    expect(await statusWith(await signed(stack().key))).toBe(200);
  });

  it.each<[string, () => object]>([
    ['another audience', () => ({ aud: 'other' })],
    ['another issuer', () => ({ iss: 'https://else.example' })],
    ['an expiry that is past', () => ({ exp: now() - 60 })],
    ['a beginning to come', () => ({ nbf: now() + 60 })],
    ['another role', () => ({ role: 'admin' })],
    ['another epoch', () => ({ sessionEpoch: 1 })],
    ['nobody’s name', () => ({ sub: 'nobody-at-all' })],
  ])('with %s are 401', async (_title, changed) => {
    expect(await statusWith(await signed(stack().key, changed()))).toBe(401);
  });

  it('without a signature, with HS256 over the public key, and of another key are 401', async () => {
    const { key, client } = stack();
    const { body } = await client.send<{ keys: JsonWebKey[] }>('GET /.well-known/jwks.json');
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
    const gone = await register(stack());
    expect(await statusWith(gone.accessToken)).toBe(200);

    await getUserDao(database).updateUser({
      username: gone.username,
      expectedVersion: 1,
      changes: { status: 'DELETED' },
    });
    await eventually('the deletion has ended access', async () => (await statusWith(gone.accessToken)) === 401);

    expect((await send('POST /v1/auth/refresh', { body: { refreshToken: gone.refreshToken } })).status).toBe(401);
    const issuer = await createTokenIssuer({ ...stackTokens, keys: { keys: [stack().key] } });
    const { accessToken } = await issuer.issue({ username: gone.username, role: 'customer', sessionEpoch: 1 });
    expect(await statusWith(accessToken)).toBe(401);
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
    // What each of them verifies is the concern of the hashes: that it is one of the same cost is tested where they are.
    expect(await databaseRequests(wrong)).toEqual(['BatchGetItem ok', 'UpdateItem ok']);
    expect(await databaseRequests(unknown)).toEqual(['BatchGetItem ok', 'UpdateItem ok']);
  });

  it('slows down who guesses, and locks nobody out', async () => {
    const { username, password } = await register(stack());
    const guesses = [];
    // Delays grow with each failure: in the end they are longer than the slowest machine takes for a guess.
    while (guesses.at(-1) !== 429) guesses.push((await attempt(username)).status);

    expect(guesses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
    const { tokenType } = await eventually('the delay is over', () => logIn(stack().client, username, password));
    expect(tokenType).toBe('Bearer');
  });

  it('ends a session when a refresh token comes again', async () => {
    const { refreshToken } = await register(stack());
    const refresh = (token: string) =>
      stack().client.send<TokenResponse>('POST /v1/auth/refresh', { body: { refreshToken: token } });
    const { body: second } = await refresh(refreshToken);
    const { body: third } = await refresh(second.refreshToken);

    expect((await refresh(refreshToken)).body).toMatchObject({ code: 'SESSION_ENDED', details: { reason: 'reused' } });
    expect((await refresh(third.refreshToken)).status).toBe(401);
  });

  it('keeps passwords as argon2id alone', async () => {
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
    const answers = [
      await send(`GET /v1/orders/${forged}`, { token }),
      await send(`GET /v1/balances/${forged}`, { token }),
      await send(`GET /v1/transactions/${forged}`, { token }),
      await send(`GET /v1/assets/${forged}`),
      await send(`GET /v1/orders?assetId=${forged}`, { token }),
      await send(`GET /v1/transactions?code=${forged}`, { token }),
      await send(`POST /v1/users/${forged}/suspend`, { token: admin }),
      await send('POST /v1/orders', { token, body: { ...buy, assetId: text } }),
      await send('POST /v1/deposits', { token, body: { code: text, amount: '1' } }),
      await send('POST /v1/auth/login', { body: { username: text, password: 'x' } }),
    ];

    for (const { status } of answers) expect([400, 401, 404, 405]).toContain(status);
    expect(await cashOf(ada)).toBe(before);
  });

  it('take keys of any visible characters as they are', async () => {
    const { accessToken: token } = await register(stack());
    const deposit = (key: string) =>
      send('POST /v1/deposits', { token, body: { code: 'USD', amount: '1.00' }, headers: { 'Idempotency-Key': key } });

    for (const key of ['KEY#admin#k', '../..', '%23', '{"a":1}']) {
      expect((await deposit(key)).status).toBe(201);
      expect((await deposit(key)).headers.get('idempotency-replayed')).toBe('true');
    }
    expect((await send('GET /v1/balances/USD', { token })).body).toMatchObject({ available: '4.00' });
  });
});

describe('bodies that are no honest JSON', () => {
  const deposit = '"code":"USD","amount":"1.00"';
  const bodies: [string, string | Uint8Array, number][] = [
    ['oversized', `{${deposit},"description":"${'x'.repeat(20_000)}"}`, 413],
    ['deeply nested', `{${deposit},"description":${'['.repeat(2_000)}${']'.repeat(2_000)}}`, 400],
    ['with a key twice', `{${deposit},"amount":"2.00"}`, 400],
    [
      'not UTF-8',
      Buffer.concat([Buffer.from(`{${deposit},"description":"`), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]),
      400,
    ],
    ['with __proto__', `{${deposit},"__proto__":{"role":"admin"}}`, 400],
    ['with a constructor', `{${deposit},"constructor":{"prototype":{"role":"admin"}}}`, 400],
    ['with half a surrogate pair', `{${deposit},"description":"\\ud800"}`, 400],
    ['cut short', `{${deposit}`, 400],
    ['a list', `[{${deposit}}]`, 400],
    ['with a comment', `{${deposit} /* */}`, 400],
    ['with a number that is none', `{"code":"USD","amount":1e999}`, 400],
  ];

  it.each(bodies)('are refused and change nothing: %s', async (_title, body, status) => {
    const before = await cashOf(ada);

    const answer = await send('POST /v1/deposits', { token: ada.accessToken, body });

    expect(answer.status).toBe(status);
    expect(await cashOf(ada)).toBe(before);
    expect(({} as { role?: string }).role).toBeUndefined();
  });

  it('are refused with another coding or charset', async () => {
    const { accessToken: token } = ada;
    const body = `{${deposit}}`;

    const refused: Record<string, string>[] = [
      { 'content-type': 'application/json; charset=utf-16' },
      { 'content-encoding': 'gzip' },
      { 'content-type': 'multipart/form-data' },
    ];

    for (const headers of refused) {
      expect((await send('POST /v1/deposits', { token, body, headers })).status).toBe(415);
    }
  });
});

describe('after all this', () => {
  it('the ledger is clean', async () => {
    expect(await checkLedger(database)).toMatchObject({ brokenCount: 0 });
  });

  it('no line of the log holds a password, a token or an address, and each request has its line', async () => {
    const { users, key } = stack();
    const secrets = [
      ...[ada, eve].flatMap(({ password, email, accessToken, refreshToken }) => [
        password,
        email,
        accessToken,
        refreshToken,
      ]),
      ...users.map(({ password }) => password),
      'a wrong password',
      'correct horse battery',
      String(key.d),
      '@mail.example',
      '$argon2',
    ];
    const requestId = `e2e-${randomUUID()}`;
    await send('POST /v1/deposits', {
      token: ada.accessToken,
      body: { code: 'USD', amount: '1.00', description: 'a secret description' },
      headers: { 'x-request-id': requestId },
    });
    const lines = await linesOf(requestId);
    const log = stack().log();

    for (const secret of [...secrets, 'a secret description']) expect(log.includes(secret) && secret).toBe(false);
    expect(lines).toContainEqual(expect.objectContaining({ msg: 'database request' }));
    expect(lines).toContainEqual(expect.objectContaining({ route: '/v1/deposits', user: ada.username }));
  });
});
