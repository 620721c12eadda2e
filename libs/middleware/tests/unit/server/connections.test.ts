import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { noQuery } from '@cnop/middleware';
import { eventually } from '@cnop/testing';
import { testService } from '../../support/test-service.ts';

const opened: Socket[] = [];

/** A service that listens, and connections to it with what each has received. */
async function listening(timeouts: object = {}) {
  const { service } = await testService({ server: { timeouts } });
  service.get('/it', { config: { access: 'public' }, schema: { querystring: noQuery } }, () => ({ ok: true }));
  await service.listen({ port: 0, host: '127.0.0.1' });
  const { port } = service.server.address() as AddressInfo;

  return async (sent = '') => {
    const connection = { socket: connect(port, '127.0.0.1'), received: '' };
    connection.socket.setEncoding('utf8').on('data', (text: string) => (connection.received += text));
    await once(connection.socket, 'connect');
    connection.socket.write(sent);
    opened.push(connection.socket);
    return connection;
  };
}

afterEach(() => {
  for (const socket of opened.splice(0)) socket.destroy();
});

const request = 'GET /it HTTP/1.1\r\nHost: x\r\n\r\n';

describe('a connection', () => {
  it('on which nothing is sent stays, while the head of another is late', async () => {
    const open = await listening({ requestMs: 40 });
    const idle = await open();
    const late = await open('GET /it HTTP/1.1\r\n');

    await eventually('the late head is refused', () => late.received.startsWith('HTTP/1.1 408 '));
    idle.socket.write(request);
    await eventually('the request is answered', () => idle.received.includes('{"ok":true}'));

    expect(idle.received).toMatch(/^HTTP\/1.1 200 /);
  });

  it('has the time of a head from its first byte on', async () => {
    const open = await listening({ requestMs: 40 });
    const idle = await open();
    const late = await open('GET /it HTTP/1.1\r\n');
    await eventually('the late head is refused', () => late.received.startsWith('HTTP/1.1 408 '));

    idle.socket.write('GET /it HTTP/1.1\r\n');

    await eventually('that head is refused too', () => idle.received.startsWith('HTTP/1.1 408 '));
  });

  it('is closed when nothing happens on it for long, and told nothing', async () => {
    const open = await listening({ connectionMs: 20, requestMs: 60_000 });

    const { socket, received } = await open();

    await once(socket, 'close');
    expect(received).toBe('');
  });
});

describe('a request', () => {
  it.each([
    'Host: x\r\nHost: y',
    'Host: x\r\nhost: x',
    'Host: x\r\nAuthorization: Bearer a\r\nauthorization: Bearer b',
  ])('with two lines of one header is refused: %j', async (lines) => {
    const open = await listening();

    const connection = await open(`GET /it HTTP/1.1\r\n${lines}\r\n\r\n`);
    await eventually('it is answered', () => connection.received.includes('BAD_REQUEST'));

    expect(connection.received).toMatch(/^HTTP\/1.1 400 /);
    expect(connection.received).toContain('application/problem+json');
  });
});
