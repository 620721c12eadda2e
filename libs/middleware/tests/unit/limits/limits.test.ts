import type { ServiceOptions } from '@cnop/middleware';
import { testService } from '../../support/test-service.ts';

const perMinute = (max: number) => ({ max, windowMs: 60_000 });

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

async function limited(rateLimits: ServiceOptions['rateLimits'], options: Partial<ServiceOptions> = {}) {
  const test = await testService({ ...options, rateLimits: rateLimits ?? {} });
  const { service } = test;
  service.get('/open', { config: { access: 'public' } }, () => ({ ok: true }));
  service.get('/mine', { config: { access: 'authenticated' } }, () => ({ ok: true }));
  service.get('/strict', { config: { access: 'public', limits: { address: perMinute(1) } } }, () => ({ ok: true }));
  service.get('/personal', { config: { access: 'authenticated', limits: { user: perMinute(1) } } }, () => ({
    ok: true,
  }));
  return test;
}

describe('rateLimits', () => {
  it('refuses an address beyond its limit, and says what is left and when to come back', async () => {
    const { service } = await limited({ address: perMinute(2) });

    const answers = [];
    for (let n = 0; n < 3; n += 1) answers.push(await service.inject('/open'));

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 429]);
    expect(answers[0]?.headers).toMatchObject({ 'ratelimit-limit': '2', 'ratelimit-remaining': '1' });
    expect(answers[2]?.json()).toMatchObject({ code: 'RATE_LIMITED', retryable: true, details: { limit: 2 } });
    expect(answers[2]?.headers['retry-after']).toBe('60');
    expect((await service.inject({ url: '/open', remoteAddress: '192.0.2.7' })).statusCode).toBe(200);
  });

  it('counts an address before its token is looked at', async () => {
    const { service } = await limited({ address: perMinute(1) });

    await service.inject({ url: '/mine', headers: { authorization: 'Bearer bad' } });

    expect((await service.inject({ url: '/mine', headers: { authorization: 'Bearer bad' } })).statusCode).toBe(429);
  });

  it('counts networks of IPv6, not their addresses', async () => {
    const { service } = await limited({ address: perMinute(1) });
    const statusOf = async (remoteAddress: string) =>
      (await service.inject({ url: '/open', remoteAddress })).statusCode;

    expect(await statusOf('2001:db8:1:2::1')).toBe(200);
    expect(await statusOf('2001:db8:1:2:ffff::2')).toBe(429);
    expect(await statusOf('2001:db8:1:3::1')).toBe(200);
  });

  it('counts each user separately, over all routes', async () => {
    const { injectAs } = await limited({ user: perMinute(2) });
    const statusAs = async (username: string, url: string) => (await injectAs({ username }, { url })).statusCode;

    expect([await statusAs('ada', '/mine'), await statusAs('ada', '/mine'), await statusAs('ada', '/mine')]).toEqual([
      200, 200, 429,
    ]);
    expect(await statusAs('bob', '/mine')).toBe(200);
  });

  it('holds a route to a stricter limit of its own', async () => {
    const { service, injectAs } = await limited({});

    expect((await service.inject('/strict')).statusCode).toBe(200);
    expect((await service.inject('/strict')).statusCode).toBe(429);
    expect((await service.inject('/open')).statusCode).toBe(200);
    expect((await injectAs({}, { url: '/personal' })).statusCode).toBe(200);
    expect((await injectAs({}, { url: '/personal' })).statusCode).toBe(429);
    expect((await injectAs({ username: 'bob' }, { url: '/personal' })).statusCode).toBe(200);
  });

  it('never limits those who watch', async () => {
    const { service } = await limited({ address: perMinute(1) });

    for (let n = 0; n < 3; n += 1) expect((await service.inject('/health/live')).statusCode).toBe(200);
  });

  it('begins anew when the time is over', async () => {
    const { service } = await limited({ address: perMinute(1) });
    const statusAfter = async (ms: number) => {
      jest.advanceTimersByTime(ms);
      return (await service.inject('/open')).statusCode;
    };

    expect([await statusAfter(0), await statusAfter(59_999), await statusAfter(1)]).toEqual([200, 429, 200]);
  });

  it.each([
    ['203.0.113.9:4700', '203.0.113.9:4701'],
    ['[2001:db8::1]:4700', '[2001:db8::1]:4701'],
    ['203.0.113.9:4700, 127.0.0.1:80', '203.0.113.9'],
    ['[2001:db8::1]', '2001:db8::1'],
  ])('counts %s and %s as one client, whatever the port', async (first, second) => {
    const { service } = await limited({ address: perMinute(1) }, { server: { trustProxy: ['127.0.0.1'] } });
    const statusOf = async (client: string) =>
      (await service.inject({ url: '/open', headers: { 'x-forwarded-for': client } })).statusCode;

    expect([await statusOf(first), await statusOf(second)]).toEqual([200, 429]);
  });

  it('does not take clients that a proxy names by no address for one and the same', async () => {
    const { service } = await limited({ address: perMinute(1) }, { server: { trustProxy: ['127.0.0.1'] } });
    const statusOf = async (client: string) =>
      (await service.inject({ url: '/open', headers: { 'x-forwarded-for': client } })).statusCode;

    expect([await statusOf('_a'), await statusOf('_b'), await statusOf('_b')]).toEqual([200, 200, 429]);
  });

  it('believes as many proxies as there are', async () => {
    const { service } = await limited({ address: perMinute(1) }, { server: { trustProxy: 2 } });
    const statusOf = async (list: string) =>
      (await service.inject({ url: '/open', headers: { 'x-forwarded-for': list } })).statusCode;

    // The last is the outer proxy; what stands before the client, the client has written itself.
    expect([await statusOf('192.0.2.1, 10.0.0.1'), await statusOf('192.0.2.9, 192.0.2.1, 10.0.0.1')]).toEqual([
      200, 429,
    ]);
  });

  it('believes X-Forwarded-For of a trusted proxy only', async () => {
    const headers = (client: string) => ({ 'x-forwarded-for': client });
    const trusting = await limited({ address: perMinute(1) }, { server: { trustProxy: ['127.0.0.1'] } });
    const not = await limited({ address: perMinute(1) });
    const statusOf = async ({ service }: typeof not, client: string) =>
      (await service.inject({ url: '/open', headers: headers(client) })).statusCode;

    expect([await statusOf(trusting, '192.0.2.1'), await statusOf(trusting, '192.0.2.2')]).toEqual([200, 200]);
    expect([await statusOf(not, '192.0.2.1'), await statusOf(not, '192.0.2.2')]).toEqual([200, 429]);
  });
});

describe('loadShedding', () => {
  it('refuses with Retry-After while the process cannot keep up, but answers those who watch', async () => {
    const { service } = await limited({}, { loadShedding: { maxRssBytes: 1, retryAfterSeconds: 7 } });
    await service.ready();
    const before = await service.inject('/open');
    jest.advanceTimersByTime(1_000);

    const answer = await service.inject('/open');

    expect([before.statusCode, answer.statusCode]).toEqual([200, 503]);
    expect(answer.headers['retry-after']).toBe('7');
    expect(answer.json()).toMatchObject({ code: 'OVERLOADED', retryable: true });
    expect((await service.inject('/health/live')).statusCode).toBe(200);
    expect((await service.inject('/metrics')).statusCode).toBe(200);
  });
});

describe('securityHeaders', () => {
  it('permits nothing to a page, stores nothing, and sends no CORS header', async () => {
    const { service } = await limited({});

    const { headers } = await service.inject({ url: '/open', headers: { origin: 'https://a.example' } });

    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'strict-transport-security': expect.stringContaining('max-age=') as string,
      'cache-control': 'no-store',
    });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('lets the pages of the named origins in, and no others', async () => {
    const { service } = await limited({}, { securityHeaders: { corsOrigins: ['https://a.example'] } });
    const preflight = (origin: string) =>
      service.inject({
        method: 'OPTIONS',
        url: '/mine',
        headers: { origin, 'access-control-request-method': 'GET' },
      });

    expect((await preflight('https://a.example')).headers['access-control-allow-origin']).toBe('https://a.example');
    expect((await preflight('https://b.example')).headers).not.toHaveProperty('access-control-allow-origin');
  });
});
