import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { testService } from '../../support/test-service.ts';

afterEach(() => void jest.useRealTimers());

describe('gracefulClose', () => {
  it('lets a request end that is underway, and takes no other', async () => {
    const { service } = await testService();
    let finish = (): void => undefined;
    let arrive = (): void => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    service.get('/slow', { config: { access: 'public' } }, async () => {
      arrive();
      await new Promise<void>((resolve) => (finish = resolve));
      return { ok: true };
    });
    const url = await service.listen({ port: 0, host: '127.0.0.1' });
    const answer = fetch(`${url}/slow`);
    await arrived;

    const closed = service.close();
    while (service.server.listening) await nextTurn();
    finish();

    const { status, headers } = await answer;
    expect([status, headers.get('connection')]).toEqual([200, 'close']);
    await closed;
    await expect(fetch(`${url}/slow`)).rejects.toThrow();
  });

  it('cuts a connection that is still open after the grace', async () => {
    const { service } = await testService({ gracefulClose: { graceMs: 15_000 } });
    await service.listen({ port: 0, host: '127.0.0.1' });
    const socket = connect((service.server.address() as AddressInfo).port, '127.0.0.1').resume();
    socket.write('POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{');
    // To a client it may look like a reset.
    const cut = new Promise((resolve) => socket.on('error', () => undefined).once('close', resolve));
    await once(service.server, 'request');
    jest.useFakeTimers();

    const closed = service.close();
    while (jest.getTimerCount() === 0) await nextTurn();
    jest.advanceTimersByTime(14_999);
    const isOpenBefore = !socket.closed;
    jest.advanceTimersByTime(1);

    await Promise.all([closed, cut]);
    expect(isOpenBefore).toBe(true);
  });
});
