import { readItem } from '@cnop/database-core';
import type { TokenResponse, UserResponse } from '@cnop/entities-user';
import { userItemExtras, userKey } from '@cnop/entities-user/table';
import { password, useUserApp } from '../support/user-app.ts';

const app = useUserApp();
const { database, users, send, post, registration, person } = app;

const logIn = (username: string, secret = password, remoteAddress?: string) =>
  post<TokenResponse>(
    '/v1/auth/login',
    { username, password: secret },
    remoteAddress === undefined ? {} : { remoteAddress },
  );

describe('POST /v1/auth/register', () => {
  const register = (fields?: object, headers?: Record<string, string>) =>
    post<UserResponse>('/v1/auth/register', registration(fields), headers ? { headers } : {});

  it('registers a customer, and keeps the password as argon2id alone', async () => {
    const { status, body } = await register({ phone: '+12025550123', dateOfBirth: '1990-02-03' });

    expect(status).toBe(201);
    expect(body).toMatchObject({ role: 'customer', status: 'ACTIVE', phone: '+12025550123', version: 1 });
    expect(JSON.stringify(body)).not.toMatch(/password|argon/i);
    const tableName = database.tableName('users');
    const item = await readItem(database, { tableName, key: { ...userKey(body.username) } });
    expect(userItemExtras(item!).passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(JSON.stringify(item)).not.toContain(password);
  });

  it.each([
    ['a role', { role: 'admin' }, '/role'],
    ['a status', { status: 'ACTIVE' }, '/status'],
    ['a short password', { password: 'short' }, '/password'],
    ['no address', { email: 'nobody' }, '/email'],
    ['a name that forges a key', { username: 'ada#PROFILE' }, '/username'],
    ['a birthday to come', { dateOfBirth: '2999-01-01' }, '/dateOfBirth'],
  ])('refuses %s', async (_title, fields, pointer) => {
    expect(await register(fields)).toMatchObject({
      status: 400,
      body: { code: 'VALIDATION_FAILED', errors: [{ pointer }] },
    });
  });

  it('refuses a name and an address that are taken', async () => {
    const first = registration();
    await post('/v1/auth/register', first);

    expect(await register({ username: first.username.toUpperCase() })).toMatchObject({
      status: 409,
      body: { code: 'USERNAME_TAKEN' },
    });
    expect(await register({ email: first['email'] })).toMatchObject({ status: 409, body: { code: 'EMAIL_TAKEN' } });
  });

  it('answers a repeat under its key with the same user, and refuses another body', async () => {
    const body = registration();
    const headers = { 'idempotency-key': 'r-1' };

    const first = await post('/v1/auth/register', body, { headers });
    const repeat = await post('/v1/auth/register', body, { headers });
    const other = await post('/v1/auth/register', { ...body, firstName: 'Eve' }, { headers });

    expect(first.headers).not.toHaveProperty('idempotency-replayed');
    expect(repeat).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' }, body: first.body });
    expect(other).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });
});

describe('POST /v1/auth/login', () => {
  it('begins a session: its access token opens what is one’s own', async () => {
    const { username } = await person();

    const { status, headers, body } = await logIn(username.toUpperCase());

    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toMatchObject({ tokenType: 'Bearer', expiresIn: 900 });
    expect(await send('/v1/users/me', { token: body.accessToken })).toMatchObject({ status: 200, body: { username } });
  });

  it('answers an unknown user, a deleted one and a wrong password alike', async () => {
    const [known, deleted] = [await person(), await person()];
    await users.updateUser({ username: deleted.username, expectedVersion: 1, changes: { status: 'DELETED' } });
    const answers = [
      await logIn('nobody-at-all'),
      await logIn('no name at all!'),
      await logIn(known.username, 'wrong'),
      await logIn(deleted.username),
    ];

    const shown = answers.map(({ status, headers, body }) => ({
      ...{ ...body, status, requestId: '' },
      headerNames: Object.keys(headers),
    }));
    expect(shown).toEqual(answers.map(() => shown[0]));
    expect(shown[0]).toMatchObject({ status: 401, code: 'CREDENTIALS_INVALID' });
  });

  it('slows a source down that fails, and not the user’s own', async () => {
    const { username } = await person();
    const own = '198.51.100.1';
    await logIn(username, password, own);
    for (let n = 0; n < 6; n += 1) await logIn(username, 'wrong', '203.0.113.9');

    const delayed = await logIn(username, password, '203.0.113.9');

    expect(delayed).toMatchObject({ status: 429, body: { code: 'LOGIN_DELAYED', retryable: true } });
    expect(Number(delayed.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(await logIn(username, password, own)).toMatchObject({ status: 200 });
  });

  it.each([
    [{ username: 'ada' }, '/password'],
    [{ username: 1, password: 'x' }, '/username'],
    [{ username: 'ada', password: 'x', role: 'admin' }, '/role'],
    [{ username: 'ada', password: 'x'.repeat(129) }, '/password'],
  ])('refuses %p', async (body, pointer) => {
    expect(await post('/v1/auth/login', body)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });

  it('tells a suspended user who has the right password so', async () => {
    const { username } = await person();
    await users.suspendUser(username);

    expect(await logIn(username)).toMatchObject({ status: 403, body: { code: 'USER_NOT_ACTIVE' } });
    expect(await logIn(username, 'wrong')).toMatchObject({ status: 401 });
  });
});

describe('log-ins at once', () => {
  it('are all let in with the right password', async () => {
    const { username } = await person();

    const answers = await Promise.all(Array.from({ length: 12 }, () => post('/v1/auth/login', { username, password })));

    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(200));
  });
});

describe('a repeated registration', () => {
  it('is no way around the delays of log-in', async () => {
    const body = registration();
    const sent = { headers: { 'idempotency-key': 'oracle' }, remoteAddress: '203.0.113.77' };
    await post('/v1/auth/register', body, sent);

    const statuses: number[] = [];
    for (let index = 0; index < 6; index += 1) {
      const guess = { ...body, password: `quite another ${index}` };
      statuses.push((await post('/v1/auth/register', guess, sent)).status);
    }

    expect(statuses).toEqual([409, 409, 409, 409, 409, 429]);
    expect(await post('/v1/auth/register', body, { ...sent, remoteAddress: '192.0.2.7' })).toMatchObject({
      status: 201,
      headers: { 'idempotency-replayed': 'true' },
    });
  });
});

describe('POST /v1/auth/refresh and /logout', () => {
  const refresh = (refreshToken: string) => post<TokenResponse>('/v1/auth/refresh', { refreshToken });

  it('go on with a session, each token once, and end it', async () => {
    const { refreshToken } = await person();

    const next = await refresh(refreshToken);
    expect(await send('/v1/users/me', { token: next.body.accessToken })).toMatchObject({ status: 200 });
    const loggedOut = await post('/v1/auth/logout', { refreshToken: next.body.refreshToken });

    expect(next.status).toBe(200);
    expect(next.body.refreshToken).not.toBe(refreshToken);
    expect(await send('/v1/users/me', { token: next.body.accessToken })).toMatchObject({ status: 401 });
    expect(loggedOut).toMatchObject({ status: 204, body: undefined });
    expect(await refresh(next.body.refreshToken)).toMatchObject({
      status: 401,
      body: { code: 'SESSION_ENDED', details: { reason: 'revoked' } },
    });
  });

  it('end the access tokens of that session, the first too, and of no other', async () => {
    const { username, accessToken, refreshToken } = await person();
    const { body: other } = await post<TokenResponse>('/v1/auth/login', { username, password });
    const { body: next } = await refresh(refreshToken);

    await post('/v1/auth/logout', { refreshToken: next.refreshToken });

    const statusWith = async (token: string) => (await send('/v1/users/me', { token })).status;
    expect(await Promise.all([accessToken, next.accessToken, other.accessToken].map(statusWith))).toEqual([
      401, 401, 200,
    ]);
  });

  it('end the whole session when an older token comes again', async () => {
    const { refreshToken: first } = await person();
    const { body: second } = await refresh(first);
    const { body: third } = await refresh(second.refreshToken);

    const reuse = await refresh(first);

    expect(reuse).toMatchObject({ status: 401, body: { code: 'SESSION_ENDED', details: { reason: 'reused' } } });
    expect(await refresh(third.refreshToken)).toMatchObject({ status: 401, body: { details: { reason: 'revoked' } } });
  });

  it.each(['x', 'A'.repeat(106), '../../etc', 'A'.repeat(256)])('refuse the token %s', async (refreshToken) => {
    expect(await refresh(refreshToken)).toMatchObject({ status: 401, body: { code: 'SESSION_ENDED' } });
    expect(await post('/v1/auth/logout', { refreshToken })).toMatchObject({ status: 204 });
  });

  it.each([{}, { refreshToken: '' }, { refreshToken: 'A'.repeat(257) }, { refreshToken: 'x', username: 'ada' }])(
    'refuse the body %p',
    async (body) => {
      expect(await post('/v1/auth/refresh', body)).toMatchObject({ status: 400 });
      expect(await post('/v1/auth/logout', body)).toMatchObject({ status: 400 });
    },
  );
});

describe('the public keys', () => {
  it('are published, and no private part of them', async () => {
    const { status, body } = await send<{ keys: object[] }>('/.well-known/jwks.json');

    expect(status).toBe(200);
    expect(body.keys).toHaveLength(1);
    expect(body.keys[0]).not.toHaveProperty('d');
  });
});
