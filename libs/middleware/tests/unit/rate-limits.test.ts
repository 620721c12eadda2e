import { problemDetails, rateLimits, type RateLimitsOptions, type RouteLimits } from '@cnop/middleware';
import { plainServer } from '../support/plain-server.ts';
import { testService } from '../support/test-service.ts';

const minute = 60_000;

async function limited(options: RateLimitsOptions, limits?: RouteLimits | false) {
  const { service } = plainServer();
  await service.register(problemDetails);
  await service.register(rateLimits, options);
  service.get('/it', { config: { limits } }, () => ({}));
  service.get('/other', () => ({}));

  return (url = '/it', remoteAddress = '10.0.0.1') => service.inject({ url, remoteAddress });
}

describe('rateLimits', () => {
  it('counts each address for itself, and tells what is left', async () => {
    const get = await limited({ address: { max: 2, windowMs: minute } });

    const answers = [await get(), await get('/other'), await get(), await get('/it', '10.0.0.2')];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 429, 200]);
    expect(answers.map(({ headers }) => headers['ratelimit-remaining'])).toEqual(['1', '0', '0', '1']);
    expect(answers[0]?.headers).toMatchObject({ 'ratelimit-limit': '2', 'ratelimit-reset': '60' });
    expect(answers[2]?.json()).toMatchObject({
      code: 'RATE_LIMITED',
      retryable: true,
      details: { limit: 2, retryAfterSeconds: 60 },
    });
    expect(answers[2]?.headers['retry-after']).toBe('60');
  });

  it('counts a path that is not there too', async () => {
    const get = await limited({ address: { max: 1, windowMs: minute } });

    expect([(await get('/nowhere')).statusCode, (await get('/nowhere')).statusCode]).toEqual([404, 429]);
  });

  it('begins anew when the time is over', async () => {
    const get = await limited({ address: { max: 1, windowMs: minute } });
    const now = jest.spyOn(Date, 'now').mockReturnValue(1_000_000);
    await get();

    const early = await get();
    now.mockReturnValue(1_000_000 + minute);
    const late = await get();
    now.mockRestore();

    expect([early.statusCode, late.statusCode]).toEqual([429, 200]);
  });

  it('counts all addresses of an IPv6 network as one', async () => {
    const get = await limited({ address: { max: 1, windowMs: minute } });

    const answers = [
      await get('/it', '2001:db8::1'),
      await get('/it', '2001:db8::ffff'),
      await get('/it', '2001:db8:1::1'),
    ];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 429, 200]);
  });

  it('holds the limits of a route beside those of the service, and tells of the nearest', async () => {
    const get = await limited({ address: { max: 10, windowMs: minute } }, { address: { max: 2, windowMs: minute } });

    const answers = [await get(), await get(), await get(), await get('/other')];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 429, 200]);
    expect(answers.map(({ headers }) => headers['ratelimit-limit'])).toEqual(['2', '2', '2', '10']);
    expect(answers[3]?.headers['ratelimit-remaining']).toBe('6');
  });

  it('does not limit a route that says so', async () => {
    const get = await limited({ address: { max: 1, windowMs: minute } }, false);

    const answers = [await get(), await get(), await get()];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect(answers[0]?.headers).not.toHaveProperty('ratelimit-limit');
  });

  it('counts each user for herself, from whatever address, before her body is read', async () => {
    const { service, injectAs } = await testService({ rateLimits: { user: { max: 2, windowMs: minute } } });
    const handler = jest.fn(() => ({}));
    service.post('/it', { config: { access: 'authenticated' } }, handler);
    const post = (username: string, remoteAddress: string, payload: string) =>
      injectAs(
        { username },
        { method: 'POST', url: '/it', remoteAddress, payload, headers: { 'content-type': 'application/json' } },
      );

    const answers = [
      await post('ada', '10.0.0.1', '{}'),
      await post('ada', '10.0.0.2', '{}'),
      await post('ada', '10.0.0.3', '{ no JSON'),
      await post('eve', '10.0.0.1', '{}'),
    ];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 429, 200]);
    expect(handler).toHaveBeenCalledTimes(3);
  });

  it('counts bad tokens by their address, before they are looked at', async () => {
    const { service, isActive } = await testService({ rateLimits: { address: { max: 3, windowMs: minute } } });
    service.get('/it', { config: { access: 'authenticated' } }, () => ({}));
    const get = () => service.inject({ url: '/it', headers: { authorization: 'Bearer a.b.c' } });

    const codes = [await get(), await get(), await get(), await get()].map(({ statusCode }) => statusCode);

    expect(codes).toEqual([401, 401, 401, 429]);
    expect(isActive).not.toHaveBeenCalled();
  });

  it('holds a user’s limit of one route', async () => {
    const { service, injectAs } = await testService();
    const limits = { user: { max: 1, windowMs: minute } };
    service.get('/export', { config: { access: 'authenticated', limits } }, () => ({}));

    const codes = [await injectAs({}, { url: '/export' }), await injectAs({}, { url: '/export' })];

    expect(codes.map(({ statusCode }) => statusCode)).toEqual([200, 429]);
  });

  it('believes no X-Forwarded-For unless it is told to', async () => {
    const rates = { rateLimits: { address: { max: 1, windowMs: minute } } };
    const get = ({ service }: Awaited<ReturnType<typeof testService>>, address: string) =>
      service.inject({ url: '/openapi.json', headers: { 'x-forwarded-for': address } });
    const direct = await testService(rates);
    const proxied = await testService({ ...rates, server: { trustProxy: '127.0.0.1' } });

    expect([(await get(direct, '1.1.1.1')).statusCode, (await get(direct, '2.2.2.2')).statusCode]).toEqual([200, 429]);
    expect([(await get(proxied, '1.1.1.1')).statusCode, (await get(proxied, '2.2.2.2')).statusCode]).toEqual([
      200, 200,
    ]);
  });

  it('counts in Redis where there is one, each limit under a key of its own', async () => {
    const redis = fakeRedis();
    const get = await limited(
      { address: { max: 5, windowMs: minute }, redis },
      { address: { max: 1, windowMs: minute } },
    );

    const codes = [await get(), await get('/other'), await get()].map(({ statusCode }) => statusCode);

    expect(codes).toEqual([200, 200, 429]);
    expect(new Set([...redis.counts.keys()].map((key) => key.replace(/^.*?-address/, 'address')))).toEqual(
      new Set([expect.stringContaining('address  10.0.0.1'), expect.stringContaining('address GET /it 10.0.0.1')]),
    );
  });

  it('lets requests pass while Redis cannot be reached', async () => {
    const redis = fakeRedis(new Error('ECONNREFUSED'));
    const get = await limited({ address: { max: 1, windowMs: minute }, redis });

    expect([(await get()).statusCode, (await get()).statusCode]).toEqual([200, 200]);
  });
});

/** As much of ioredis as the limits use. */
function fakeRedis(failure: Error | null = null) {
  const counts = new Map<string, number>();

  return {
    counts,
    defineCommand: () => undefined,
    rateLimitRead: () => undefined,
    rateLimit: (
      ...[key, windowMs, , , , done]: [
        string,
        number,
        number,
        boolean,
        boolean,
        (error: unknown, result: unknown) => void,
      ]
    ) => {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      done(failure, failure ? undefined : [counts.get(key), windowMs]);
    },
  };
}
