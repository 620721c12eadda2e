import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { sharedErrors } from '@cnop/exceptions';
import { createMetrics } from '@cnop/middleware';
import { eventually } from '@cnop/testing';
import { testService } from '../support/test-service.ts';

const login = {
  password: 'correct horse battery staple',
  email: 'ada@example.com',
  refreshToken: 'rt-0123456789abcdef',
};

describe('requestLogging', () => {
  it('writes one line for each request: method, route pattern, status, time, user and id', async () => {
    const { service, log, injectAs } = await testService();
    service.get('/v1/orders/:orderId', { config: { access: 'authenticated' } }, () => ({ ok: true }));

    await injectAs({}, { url: '/v1/orders/4711?cursor=abc', headers: { 'x-request-id': 'r-1' } });

    expect(log.all()).toEqual([
      {
        level: 30,
        time: expect.any(Number) as number,
        pid: process.pid,
        service: 'test',
        requestId: 'r-1',
        msg: 'request',
        method: 'GET',
        route: '/v1/orders/:orderId',
        status: 200,
        durationMs: expect.any(Number) as number,
        user: 'ada',
      },
    ]);
  });

  it('names the problem of a refusal, and no route where there is none', async () => {
    const { service, log, injectAs } = await testService();
    service.post('/v1/orders', { config: { access: 'authenticated' } }, () => {
      throw new sharedErrors.AccessDeniedError({});
    });

    await injectAs({}, { method: 'POST', url: '/v1/orders' });
    await service.inject('/nowhere/secret-place');
    await service.inject('/%zz');

    expect(log.of('request')).toEqual([
      expect.objectContaining({ status: 403, problem: 'ACCESS_DENIED', user: 'ada' }),
      expect.objectContaining({ status: 404, problem: 'NOT_FOUND' }),
      expect.objectContaining({ status: 400 }),
    ]);
    expect(log.raw.join('')).not.toContain('secret-place');
    expect(log.all().every(({ level }) => Number(level) < 50)).toBe(true);
  });

  it('is silent about those who only watch', async () => {
    const { service, log } = await testService();

    for (const url of ['/health', '/health/live', '/health/ready', '/metrics']) await service.inject(url);

    expect(log.raw).toEqual([]);
  });

  it('tells of a client that went away before its answer', async () => {
    const { service, log } = await testService();
    let finish = () => {};
    service.get('/slow', { config: { access: 'public' } }, async () => {
      await new Promise<void>((resolve) => (finish = resolve));
      return {};
    });
    await service.listen({ port: 0, host: '127.0.0.1' });
    const socket = connect((service.server.address() as AddressInfo).port, '127.0.0.1');
    const arrived = once(service.server, 'request');
    socket.write('GET /slow HTTP/1.1\r\nHost: x\r\n\r\n');
    const [, response] = (await arrived) as [unknown, NodeJS.EventEmitter];
    const gone = once(response, 'close');

    socket.destroy();
    await gone;
    finish();

    expect(log.of('request')).toEqual([expect.objectContaining({ route: '/slow', aborted: true, status: 499 })]);
  });

  it('tells of a client that hung up in its body, as of no fault, and counts it as 499', async () => {
    const metrics = createMetrics({ processMetrics: false });
    const { service, log } = await testService({ metrics });
    service.post('/upload', { config: { access: 'public' } }, () => ({}));
    await service.listen({ port: 0, host: '127.0.0.1' });
    const socket = connect((service.server.address() as AddressInfo).port, '127.0.0.1');
    const arrived = once(service.server, 'request');
    socket.write(
      'POST /upload HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a":',
    );
    await arrived;

    socket.destroy();
    const [line] = await eventually(
      'the request has its line',
      () => log.of('request').length > 0 && log.of('request'),
    );

    expect(line).toMatchObject({ level: 30, route: '/upload', status: 499, aborted: true });
    expect(log.all().filter(({ level }) => Number(level) > 30)).toEqual([]);
    expect(await metrics.registry.metrics()).toMatch(/http_requests_total\{[^}]*route="\/upload",status="499"\} 1/);
  });

  it('logs no body, token, password or address, whatever fails', async () => {
    const { service, log, tokenOf } = await testService();
    const token = await tokenOf();
    const headers = { authorization: `Bearer ${token}`, cookie: `sid=${login.refreshToken}` };
    service.post('/v1/login', { config: { access: 'authenticated' } }, (request) => {
      const cause = Object.assign(new Error(`conditional check failed for ${login.email}`), {
        Item: { email: { S: login.email }, passwordHash: { S: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA' } },
        $response: { headers },
      });
      request.log.info({ body: { password: login.password }, headers, url: request.url }, `login of ${login.email}`);
      throw new sharedErrors.DatabaseError({ reason: 'OTHER' }, { cause });
    });

    await service.inject({
      method: 'POST',
      url: `/v1/login?email=${login.email}&token=${token}`,
      headers,
      payload: login,
    });
    await service.inject({ method: 'POST', url: '/v1/login', headers: { authorization: `Bearer ${token}x` } });
    await service.inject({ url: `/nowhere/${login.email}?token=${token}`, headers });
    await service.inject({ url: `/%zz/${login.email}?token=${token}`, headers });

    const text = log.raw.join('');
    expect(log.of('request')).toHaveLength(4);
    for (const secret of [...Object.values(login), token, encodeURIComponent(login.email), 'aGFzaA', 'battery']) {
      expect(text).not.toContain(secret);
    }
  });

  it('logs a fault with its stack and its causes', async () => {
    const { service, log } = await testService();
    service.get('/fault', { config: { access: 'public' } }, () => {
      throw new sharedErrors.DatabaseError(
        { reason: 'OTHER' },
        { cause: new AggregateError([new Error('the inside')], 'all failed') },
      );
    });

    await service.inject('/fault');

    expect(log.of('request failed')).toHaveLength(1);
    expect(log.of('request failed')[0]).toMatchObject({
      level: 50,
      method: 'GET',
      route: '/fault',
      code: 'INTERNAL_ERROR',
      err: {
        type: 'DatabaseError',
        code: 'DATABASE_ERROR',
        stack: expect.stringContaining('request-logging.test.ts') as string,
        cause: { message: 'all failed', errors: [{ message: 'the inside' }] },
      },
    });
  });

  it('logs nothing when logging is off', async () => {
    const { service } = await testService({ server: { logging: false } });

    expect((await service.inject('/health')).statusCode).toBe(200);
    expect(service.log.level).not.toBe('info');
  });
});
