import {
  authentication,
  createTokenIssuer,
  createTokenVerifier,
  generateSigningKey,
  isAccessRule,
  publishKeys,
  serve,
  zodSchemas,
} from '@cnop/middleware';
import { createManualClock } from '@cnop/utils';
import { cachedDirectory } from '../../../src/access/authentication.ts';
import { plainServer } from '../../support/plain-server.ts';
import { ada, parties, testService } from '../../support/test-service.ts';

async function guarded() {
  const test = await testService();
  const { service } = test;
  service.get('/open', { config: { access: 'public' } }, () => ({ ok: true }));
  service.get('/mine', { config: { access: 'authenticated' } }, ({ user }) => ({ username: user.username }));
  service.post('/admin', { config: { access: { roles: ['admin', 'auditor'] } } }, () => ({ ok: true }));
  service.get('/nobody', { config: { access: 'public' } }, ({ user }) => ({ username: user.username }));
  return test;
}

describe('authentication', () => {
  it('lets anybody use a public route, whatever token comes along', async () => {
    const { service } = await guarded();

    expect((await service.inject('/open')).statusCode).toBe(200);
    expect((await service.inject({ url: '/open', headers: { authorization: 'Bearer bad' } })).statusCode).toBe(200);
  });

  it('lets roles use the routes that name them, and nobody else', async () => {
    const { injectAs } = await guarded();
    const statusAs = async (role: string) => (await injectAs({ role }, { method: 'POST', url: '/admin' })).statusCode;

    expect([await statusAs('admin'), await statusAs('auditor'), await statusAs('customer')]).toEqual([200, 200, 403]);
  });

  it.each([undefined, '', 'Bearer', 'Bearer ', 'Basic YTpi', 'Bearer a b', 'bearer-x', `Bearer ${'a'.repeat(4_097)}`])(
    'refuses the header %p',
    async (authorization) => {
      const { service } = await guarded();

      const answer = await service.inject({
        url: '/mine',
        headers: authorization === undefined ? {} : { authorization },
      });

      expect(answer.statusCode).toBe(401);
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
      expect(answer.json()).toMatchObject({ code: 'AUTHENTICATION_REQUIRED' });
    },
  );

  it('refuses a good token of a user who is active no longer', async () => {
    const { isActive, injectAs } = await guarded();
    isActive.mockResolvedValue(false);

    const answer = await injectAs({}, { url: '/mine' });

    expect(answer.statusCode).toBe(401);
    expect(isActive.mock.calls[0]?.[0]).toMatchObject(ada);
  });

  it.each([
    ['iss', { issuer: 'https://else.example' }],
    ['aud', { audience: 'else' }],
  ])('names in the log which claim of a token is wrong: %s', async (claim, expected) => {
    const issuer = await createTokenIssuer({ keys: { keys: [await generateSigningKey()] }, ...parties });
    const verifier = createTokenVerifier({ keys: issuer.publicKeys, ...parties, ...expected });
    const { service, log } = await testService({ authentication: { verifier, users: { isActive: async () => true } } });
    service.get('/mine', { config: { access: 'authenticated' } }, () => ({}));
    const { accessToken } = await issuer.issue(ada);

    await service.inject({ url: '/mine', headers: { authorization: `Bearer ${accessToken}` } });

    expect(log.of('request not authenticated')).toEqual([
      expect.objectContaining({ reason: `ERR_JWT_CLAIM_VALIDATION_FAILED (${claim})` }),
    ]);
  });

  it('looks at the token before anything of the body', async () => {
    const { service } = await guarded();

    const answer = await service.inject({
      method: 'POST',
      url: '/admin',
      headers: { 'content-type': 'application/json' },
      payload: '{ no json',
    });

    expect(answer.statusCode).toBe(401);
  });

  it('knows nobody on a public route', async () => {
    const { service } = await guarded();

    expect((await service.inject('/nobody')).statusCode).toBe(401);
  });

  it('stops the start of a service that has routes without a rule, and names them', async () => {
    const { service } = await testService();
    service.get('/forgotten', () => 'x');
    service.post('/empty', { config: { access: { roles: [] as never } } }, () => 'x');

    await expect(service.ready()).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      message: expect.stringMatching(/GET \/forgotten must .*POST \/empty must/) as string,
      details: {
        settings: [{ setting: 'config.access of GET /forgotten' }, {}, { setting: 'config.access of POST /empty' }],
      },
    });
  });

  it('denies a route that was added before it', async () => {
    const { service } = plainServer();
    service.get('/early', () => 'x');
    await service.register(zodSchemas);
    const issuer = await createTokenIssuer({ ...parties, keys: { keys: [await generateSigningKey()] } });
    const verifier = createTokenVerifier({ ...parties, keys: issuer.publicKeys });
    await service.register(authentication, { verifier, users: { isActive: async () => true } });
    await service.register(publishKeys, { issuer });

    expect((await service.inject('/early')).statusCode).toBe(403);
    expect((await service.inject('/.well-known/jwks.json')).json()).toEqual(issuer.publicKeys);
  });
});

describe('isAccessRule', () => {
  it.each(['public', 'authenticated', { roles: ['admin'] }])('takes %p', (rule) => {
    expect(isAccessRule(rule)).toBe(true);
  });

  it.each([undefined, null, '', 'open', true, {}, { roles: [] }, { roles: 'admin' }, { roles: [''] }, { roles: [1] }])(
    'does not take %p',
    (rule) => {
      expect(isAccessRule(rule)).toBe(false);
    },
  );
});

describe('cachedDirectory', () => {
  it('asks once for requests at once, and again when the answer is old', async () => {
    const clock = createManualClock(new Date('2026-01-01T00:00:00Z'));
    const isActive = jest.fn(async () => true);
    const directory = cachedDirectory({ users: { isActive }, cacheMs: 1_000, clock });

    await Promise.all([directory.isActive(ada), directory.isActive(ada)]);
    await directory.isActive({ ...ada, sessionEpoch: 1 });
    await directory.isActive({ ...ada, sessionId: 'one' });
    await directory.isActive({ ...ada, sessionId: 'two' });
    expect(isActive).toHaveBeenCalledTimes(4);

    clock.advance(1_001);
    isActive.mockResolvedValue(false);
    expect(await directory.isActive(ada)).toBe(false);
  });

  it('asks each time with 0, and keeps no failure', async () => {
    const isActive = jest.fn(async () => true);
    const direct = cachedDirectory({ users: { isActive }, cacheMs: 0 });
    await direct.isActive(ada);
    await direct.isActive(ada);
    expect(isActive).toHaveBeenCalledTimes(2);

    const cached = cachedDirectory({ users: { isActive } });
    isActive.mockRejectedValueOnce(new Error('down'));
    await expect(cached.isActive(ada)).rejects.toThrow('down');
    expect(await cached.isActive(ada)).toBe(true);
  });
});

describe('serve', () => {
  it('gives everything back when it cannot listen', async () => {
    const { service } = plainServer();
    const release = jest.fn();

    const served = serve({ create: async () => ({ service }), listen: { port: 1, host: '192.0.2.1' }, release });

    await expect(served).rejects.toThrow();
    expect(release).toHaveBeenCalledTimes(1);
  });

  it('gives everything back when the service cannot be made', async () => {
    const release = jest.fn();
    const create = () => Promise.reject(new Error('no keys'));

    await expect(serve({ create, listen: { port: 0, host: '127.0.0.1' }, release })).rejects.toThrow('no keys');
    expect(release).toHaveBeenCalledTimes(1);
  });

  it('closes the service when what is done before it listens fails', async () => {
    const { service } = plainServer();
    const closed = jest.fn(() => Promise.resolve());
    const release = jest.fn();
    service.addHook('onClose', closed);
    const create = async () => ({ service, prepare: () => Promise.reject(new Error('name taken')) });

    await expect(serve({ create, listen: { port: 0, host: '127.0.0.1' }, release })).rejects.toThrow('name taken');
    expect([closed, release].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  });

  it('gives everything back when it is stopped', async () => {
    const { service } = plainServer();
    const release = jest.fn();
    const create = async () => ({ service });
    const { url, stop } = await serve({ create, listen: { port: 0, host: '127.0.0.1' }, release });
    expect((await fetch(url)).status).toBe(404);

    await stop();

    expect(release).toHaveBeenCalledTimes(1);
    await expect(fetch(url)).rejects.toThrow();
  });
});
