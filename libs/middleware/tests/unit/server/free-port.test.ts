import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { assertCanListen, serve } from '@cnop/middleware';
import { plainServer } from '../../support/plain-server.ts';

const host = '127.0.0.1';
const servers: Server[] = [];

async function takePort(): Promise<number> {
  const server = createServer().listen(0, host);
  servers.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

describe('serve', () => {
  it('names PORT when it is taken, before anything is made', async () => {
    const port = await takePort();
    const create = jest.fn();
    const release = jest.fn();

    await expect(serve({ create, listen: { port, host }, release })).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      message: `configuration: PORT must be a free port: ${port} is taken`,
    });
    expect([create, release].map(({ mock }) => mock.calls.length)).toEqual([0, 1]);
  });

  it('names PORT when it is taken while the service is made', async () => {
    const { service } = plainServer();
    const port = await takePort();
    const [taken] = servers.splice(0);
    taken?.close();
    await once(taken!, 'close');
    const create = async () => {
      servers.push(createServer().listen(port, host));
      await once(servers[0]!, 'listening');
      return { service };
    };

    await expect(serve({ create, listen: { port, host }, release: () => undefined })).rejects.toMatchObject({
      details: { settings: [{ setting: 'PORT' }] },
    });
  });
});

describe('assertCanListen', () => {
  it('names HOST when it is no address of this machine', async () => {
    await expect(assertCanListen({ port: 0, host: '192.0.2.1' })).rejects.toMatchObject({
      details: { settings: [{ setting: 'HOST', rule: 'must be an address of this machine' }] },
    });
  });

  it('leaves the port free, and any other failure as it is', async () => {
    const port = await takePort();
    const [taken] = servers.splice(0);
    taken?.close();
    await once(taken!, 'close');

    await assertCanListen({ port, host });
    await assertCanListen({ port, host });
    await expect(assertCanListen({ port: 70_000, host })).rejects.toThrow('options.port');
  });
});
