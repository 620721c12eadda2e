import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { makeOrder } from '@cnop/entities-order/testing';
import { buy, fakeService } from '../support/fake-service.ts';

const portOf = ({ server }: ReturnType<typeof fakeService>['service']) => (server.address() as AddressInfo).port;

describe('close of the order service', () => {
  it('lets an order end that is underway', async () => {
    const { service, placeOrder } = fakeService();
    const url = await service.listen({ port: 0, host: '127.0.0.1' });
    let finish = () => {};
    const arrived = new Promise<void>((resolve) => {
      placeOrder.mockImplementation(async () => {
        resolve();
        await new Promise<void>((done) => (finish = done));
        return { order: makeOrder(), replayed: false };
      });
    });
    const headers = { 'content-type': 'application/json' };
    const answer = fetch(`${url}/orders`, { method: 'POST', headers, body: JSON.stringify(buy) });
    await arrived;

    const closed = service.close();
    finish();

    expect((await answer).status).toBe(201);
    await closed;
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  });

  it('cuts a connection that is still open after the grace', async () => {
    const { service } = fakeService({ shutdownGraceMs: 50 });
    await service.listen({ port: 0, host: '127.0.0.1' });
    const socket = connect(portOf(service), '127.0.0.1').resume();
    socket.write('POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{');
    const cut = once(socket, 'close');
    await once(service.server, 'connection');

    await service.close();

    await cut;
  });
});
