import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { listenOptionsFromEnv, type Service } from '@cnop/middleware';
import { testService } from '../support/test-service.ts';

const open = { config: { access: 'public' } } as const;

async function connectTo(service: Service): Promise<Socket> {
  await service.listen({ port: 0, host: '127.0.0.1' });

  return connect((service.server.address() as AddressInfo).port, '127.0.0.1');
}

/** The status, the headers and the problem of an answer. */
function read(answer: string) {
  const [head = '', body = ''] = answer.split('\r\n\r\n');

  return { status: Number(head.split(' ')[1]), head: head.toLowerCase(), problem: JSON.parse(body) as unknown };
}

describe('a server over a real socket', () => {
  it('refuses a body beyond the limit without reading all of it', async () => {
    const { service } = await testService();
    const handler = jest.fn(() => ({}));
    service.post('/it', open, handler);
    const socket = await connectTo(service);

    socket.write('POST /it HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n{');
    const [answer] = (await once(socket, 'data')) as [Buffer];

    expect(read(answer.toString())).toMatchObject({ status: 413, problem: { code: 'PAYLOAD_TOO_LARGE' } });
    expect(handler).not.toHaveBeenCalled();
    socket.destroy();
  });

  it('refuses a chunked body beyond the limit', async () => {
    const { service } = await testService();
    service.post('/it', open, () => ({}));
    const socket = await connectTo(service);

    socket.write(
      'POST /it HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
    for (let chunk = 0; chunk < 20; chunk += 1) socket.write(`400\r\n${' '.repeat(1_024)}\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];

    expect(read(answer.toString())).toMatchObject({ status: 413, problem: { code: 'PAYLOAD_TOO_LARGE' } });
    socket.destroy();
  });

  it.each([
    ['head', 'GET /it HTTP/1.1\r\nHost: x\r\nX-Slow: '],
    ['body', 'POST /it HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{'],
  ])('waits only so long for the %s of a request', async (_part, start) => {
    const { service } = await testService({ server: { timeouts: { requestMs: 100 } } });
    service.post('/it', open, () => ({}));
    const socket = await connectTo(service);

    socket.write(start);
    const dripping = setInterval(() => socket.write('a'), 20);
    socket.on('error', () => clearInterval(dripping));
    const answer = await text(socket);
    clearInterval(dripping);

    expect(read(answer)).toMatchObject({ status: 408, problem: { code: 'REQUEST_TIMEOUT', type: 'about:blank' } });
  });

  it('closes a connection on which nothing happens', async () => {
    const { service } = await testService({ server: { timeouts: { connectionMs: 50 } } });
    const socket = await connectTo(service);
    const startedAt = performance.now();

    await once(socket.resume(), 'close');

    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it.each([
    ['HELLO\r\n\r\n', 400, 'BAD_REQUEST'],
    ['GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n', 400, 'BAD_REQUEST'],
    [`GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'REQUEST_HEADER_FIELDS_TOO_LARGE'],
  ])('answers what is no request with a problem too: %.20j', async (request, status, code) => {
    const { service } = await testService();
    const socket = await connectTo(service);

    socket.write(request);
    const answer = read(await text(socket));

    expect(answer).toMatchObject({ status, problem: { status, code } });
    expect(answer.head).toContain('content-type: application/problem+json');
    expect(answer.head).toContain('connection: close');
  });

  it('says nothing to a client that has reset its connection', async () => {
    const { service, log } = await testService();
    const socket = await connectTo(service);
    await once(service.server, 'connection');

    socket.resetAndDestroy();
    await wait(20);

    expect(log.all().every(({ level }) => Number(level) < 40)).toBe(true);
    expect((await service.inject('/health')).statusCode).toBe(200);
  });

  it('answers for a handler that takes too long: whether it changed anything is not known', async () => {
    const { service } = await testService({ server: { timeouts: { handlerMs: 50 } } });
    const signals: boolean[] = [];
    service.route({
      method: ['GET', 'POST'],
      url: '/it',
      ...open,
      handler: async (request) => {
        await wait(100);
        signals.push(request.signal.aborted);
        return {};
      },
    });

    const read = await service.inject('/it');
    const write = await service.inject({ method: 'POST', url: '/it', payload: {} });
    await wait(120);

    expect(read.json()).toMatchObject({ status: 503, code: 'REQUEST_TIMED_OUT', retryable: true });
    expect(write.json()).toMatchObject({
      status: 503,
      code: 'OUTCOME_UNKNOWN',
      retryable: true,
      details: { operation: 'POST /it' },
    });
    expect(write.headers['retry-after']).toBe('1');
    expect(signals).toEqual([true, true]);
  });
});

describe(listenOptionsFromEnv, () => {
  it.each([
    [{}, { port: 3000, host: '127.0.0.1' }],
    [
      { PORT: '', HOST: '' },
      { port: 3000, host: '127.0.0.1' },
    ],
    [
      { PORT: '0', HOST: '::1' },
      { port: 0, host: '::1' },
    ],
    [{ PORT: '65535' }, { port: 65_535, host: '127.0.0.1' }],
  ])('reads %p', (env, expected) => {
    expect(listenOptionsFromEnv(env)).toEqual(expected);
  });

  it.each(['x', '-1', '65536', '1e3', ' 80', '3000.5'])('refuses the port %p by its name', (PORT) => {
    expect(() => listenOptionsFromEnv({ PORT })).toThrow(
      expect.objectContaining({ details: { setting: 'PORT', rule: 'must be a port number' } }) as Error,
    );
  });
});
