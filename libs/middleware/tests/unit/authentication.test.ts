import { DatabaseUnavailableError } from '@cnop/exceptions';
import {
  authentication,
  createTokenIssuer,
  createTokenVerifier,
  findUser,
  generateSigningKey,
  problemDetails,
  publicKeysPath,
  publishKeys,
  type AccessClaims,
  type AccessRule,
} from '@cnop/middleware';
import { createManualClock } from '@cnop/utils';
import { forgeToken, unsignedToken } from '../support/forge-token.ts';
import { plainServer } from '../support/plain-server.ts';
import { ada, parties, testService } from '../support/test-service.ts';

async function guarded(options: { cacheMs?: number; isActive?: (claims: AccessClaims) => Promise<boolean> } = {}) {
  const { service, log } = plainServer();
  const key = await generateSigningKey();
  const issuer = await createTokenIssuer({ keys: { keys: [key] }, ...parties });
  const verifier = createTokenVerifier({ keys: issuer.publicKeys, ...parties });
  const isActive = jest.fn(options.isActive ?? (async () => true));
  const clock = createManualClock('2026-01-01T00:00:00Z');
  const { cacheMs } = options;
  await service.register(problemDetails);
  await service.register(authentication, {
    verifier,
    users: { isActive },
    clock,
    ...(cacheMs !== undefined && { cacheMs }),
  });
  const get = async (url: string, token?: string) =>
    await service.inject({ url, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });

  return { service, log, key, issuer, isActive, clock, get };
}

const route = (access: AccessRule) => ({ config: { access } });

describe('authentication', () => {
  it.each([
    ['public', undefined, 200],
    ['public', 'CUSTOMER', 200],
    ['authenticated', undefined, 401],
    ['authenticated', 'CUSTOMER', 200],
    [{ roles: ['ADMIN'] }, undefined, 401],
    [{ roles: ['ADMIN'] }, 'CUSTOMER', 403],
    [{ roles: ['ADMIN'] }, 'ADMIN', 200],
    [{ roles: ['ADMIN', 'PRICE_FEED'] }, 'PRICE_FEED', 200],
  ] as const)('lets through a route that is %p, for %p: %i', async (access, role, status) => {
    const { service, issuer, get } = await guarded();
    service.get('/it', route(access as AccessRule), () => ({}));
    const token = role && (await issuer.issue({ ...ada, role })).accessToken;

    const answer = await get('/it', token);

    expect(answer.statusCode).toBe(status);
    if (status === 403) expect(answer.json()).toMatchObject({ code: 'ACCESS_DENIED' });
    if (status === 401) expect(answer.json()).toMatchObject({ code: 'AUTHENTICATION_REQUIRED' });
  });

  it.each([
    ['no rule', {}],
    ['a word that is none', { access: 'pubic' }],
    ['no roles', { access: { roles: [] } }],
    ['an empty role', { access: { roles: [''] } }],
    ['roles that are no list', { access: { roles: 'ADMIN' } }],
    ['null', { access: null }],
    ['true', { access: true }],
  ])('stops the start of a service with a route that has %s, and names it', async (_title, config) => {
    const { service } = await guarded();
    service.get('/fine', route('public'), () => ({}));
    await service.register((scope, _options, done) => {
      scope.post('/v1/orders/:orderId/refund', { config: config as never }, () => ({}));
      done();
    });

    await expect(service.ready()).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      details: { setting: 'config.access of POST /v1/orders/:orderId/refund' },
    });
  });

  it('denies a route that was there before it', async () => {
    const { service } = plainServer();
    const key = await generateSigningKey();
    const { publicKeys } = await createTokenIssuer({ keys: { keys: [key] }, ...parties });
    await service.register(problemDetails);
    service.get('/early', () => ({ secret: 1 }));
    const verifier = createTokenVerifier({ keys: publicKeys, ...parties });
    await service.register(authentication, { verifier, users: { isActive: async () => true } });

    const answer = await service.inject({
      url: '/early',
      headers: { authorization: `Bearer ${await forgeToken(key)}` },
    });

    expect(answer.statusCode).toBe(403);
  });

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'Bearer a b',
    'Basic YWRhOnB3',
    'bearer: x',
    `Bearer ${'x'.repeat(5_000)}`,
    'Bearer eyJhbGciOiJub25lIn0.e30.',
    `Bearer ${unsignedToken({ alg: 'none', typ: 'at+jwt' }, { sub: 'ada' })}`,
  ])('answers 401 to the header %p', async (authorization) => {
    const { service, isActive } = await guarded();
    const handler = jest.fn(() => ({}));
    service.post('/it', route('authenticated'), handler);

    const answer = await service.inject({
      method: 'POST',
      url: '/it',
      headers: { ...(authorization !== undefined && { authorization }), 'content-type': 'application/json' },
      payload: '{ this body is not even read',
    });

    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
    expect(answer.json()).toMatchObject({ code: 'AUTHENTICATION_REQUIRED' });
    expect(handler).not.toHaveBeenCalled();
    expect(isActive).not.toHaveBeenCalled();
  });

  it('answers alike to every bad token, and says in the log alone what was wrong', async () => {
    const { service, log, key, get } = await guarded();
    service.get('/it', route('authenticated'), () => ({}));
    const expired = await forgeToken(key, { claims: { exp: 1 } });
    const foreign = await forgeToken(key, { claims: { aud: 'other' } });

    const answers = [await get('/it', expired), await get('/it', foreign)];

    const [first, second] = answers.map((answer) => ({ ...answer.json<object>(), requestId: '' }));
    expect(first).toEqual(second);
    expect(log.of('request not authenticated').map(({ reason }) => reason)).toEqual([
      'ERR_JWT_EXPIRED',
      'ERR_JWT_CLAIM_VALIDATION_FAILED',
    ]);
  });

  it('takes the name of the user from the token alone', async () => {
    const { service, issuer } = await guarded();
    const seen: string[] = [];
    service.post('/users/:username', route('authenticated'), (request) => {
      seen.push(request.user.username);
      return {};
    });
    const { accessToken } = await issuer.issue(ada);

    await service.inject({
      method: 'POST',
      url: '/users/eve?username=eve&user=eve',
      headers: { authorization: `Bearer ${accessToken}`, 'x-user': 'eve', username: 'eve' },
      payload: { username: 'eve', user: { username: 'eve' } },
    });

    expect(seen).toEqual(['ada']);
  });

  it('knows nobody on a public route, whatever token comes', async () => {
    const { service, issuer, isActive, get } = await guarded();
    service.get('/optional', route('public'), (request) => ({ found: findUser(request)?.username ?? null }));
    service.get('/wrong', route('public'), (request) => ({ username: request.user.username }));
    const { accessToken } = await issuer.issue(ada);

    expect((await get('/optional', accessToken)).json()).toEqual({ found: null });
    expect((await get('/wrong', accessToken)).statusCode).toBe(401);
    expect(isActive).not.toHaveBeenCalled();
  });

  it('refuses the token of a user who is not active any more', async () => {
    const { service, issuer, isActive, clock, get } = await guarded();
    service.get('/it', route('authenticated'), () => ({}));
    const { accessToken } = await issuer.issue(ada);

    expect((await get('/it', accessToken)).statusCode).toBe(200);
    isActive.mockResolvedValue(false);
    expect((await get('/it', accessToken)).statusCode).toBe(200);
    clock.advance(1_001);
    expect((await get('/it', accessToken)).statusCode).toBe(401);
    expect(isActive.mock.calls.map(([{ username, role, sessionEpoch }]) => ({ username, role, sessionEpoch }))).toEqual(
      [ada, ada],
    );
  });

  it('asks the directory once for many requests at once, and for each role and epoch', async () => {
    const { service, issuer, isActive, get } = await guarded();
    service.get('/it', route('authenticated'), () => ({}));
    const tokens = await Promise.all(
      [ada, ada, ada, { ...ada, role: 'ADMIN' }, { ...ada, sessionEpoch: 1 }].map((claims) => issuer.issue(claims)),
    );

    await Promise.all(tokens.map(({ accessToken }) => get('/it', accessToken)));

    expect(isActive).toHaveBeenCalledTimes(3);
  });

  it('asks each time where nothing is to be kept', async () => {
    const { service, issuer, isActive, get } = await guarded({ cacheMs: 0 });
    service.get('/it', route('authenticated'), () => ({}));
    const { accessToken } = await issuer.issue(ada);

    await get('/it', accessToken);
    await get('/it', accessToken);

    expect(isActive).toHaveBeenCalledTimes(2);
  });

  it('lets nobody through while the directory fails, and keeps no failure', async () => {
    const { service, issuer, isActive, get } = await guarded();
    service.get('/it', route('authenticated'), () => ({}));
    const { accessToken } = await issuer.issue(ada);
    isActive.mockRejectedValueOnce(new DatabaseUnavailableError({}));

    const failed = await get('/it', accessToken);

    expect(failed.json()).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE' });
    expect((await get('/it', accessToken)).statusCode).toBe(200);
  });

  it('answers for a path that is not there without asking who sends', async () => {
    const { get } = await guarded();

    expect((await get('/nowhere')).statusCode).toBe(404);
  });

  it('guards HEAD as it guards GET', async () => {
    const { service } = await guarded();
    service.get('/it', route('authenticated'), () => ({}));

    expect((await service.inject({ method: 'HEAD', url: '/it' })).statusCode).toBe(401);
  });
});

describe('publishKeys', () => {
  it('serves the public keys to anyone, and verifiers can use them', async () => {
    const { service } = await testService();
    const key = await generateSigningKey();
    const issuer = await createTokenIssuer({ keys: { keys: [key] }, ...parties });
    await service.register(publishKeys, { issuer });
    const origin = await service.listen({ port: 0, host: '127.0.0.1' });

    const answer = await service.inject(publicKeysPath);
    const verifier = createTokenVerifier({ keys: new URL(publicKeysPath, origin), ...parties });

    expect(answer.headers['cache-control']).toBe('public, max-age=300');
    expect(answer.json()).toEqual(issuer.publicKeys);
    expect(answer.body).not.toContain(key.d);
    await expect(verifier.verify(await forgeToken(key))).resolves.toMatchObject(ada);
  });
});
