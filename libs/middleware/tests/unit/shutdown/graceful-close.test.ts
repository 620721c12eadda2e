import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { testService } from '../../support/test-service.ts';

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
    await new Promise(setImmediate);
    finish();

    const { status, headers } = await answer;
    expect([status, headers.get('connection')]).toEqual([200, 'close']);
    await closed;
    await expect(fetch(`${url}/slow`)).rejects.toThrow();
  });

  it('cuts a connection that is still open after the grace', async () => {
    const { service } = await testService({ gracefulClose: { graceMs: 50 } });
    await service.listen({ port: 0, host: '127.0.0.1' });
    const socket = connect((service.server.address() as AddressInfo).port, '127.0.0.1').resume();
    socket.write('POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{');
    const cut = once(socket, 'close');
    await once(service.server, 'connection');

    await service.close();

    await cut;
  });
});
