import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, killPrograms } from '@cnop/testing';
import { logIn, openAccount } from '../../src/open-account.ts';
import { placeOrder, startMain } from '../support/stack-client.ts';

const all = { quantity: '347.222', clientOrderId: 'all' };

afterEach(killPrograms);

describe('the command of the local stack', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'serves users who register, and leaves nothing running on %s',
    async (signal) => {
      const stack = startMain({ PORT: '0', CNOP_REQUESTS_PER_MINUTE_ADDRESS: '90' });
      const url = await stack.url();
      const dynamoDb = await stack.dynamoDb();

      await eventually('it is healthy', async () => (await fetch(`${url}/health`)).ok);
      const limits = (await fetch(`${url}/v1/assets`)).headers;
      const { accessToken } = await openAccount({ url, deposit: '10000.00' });
      const bought = await placeOrder(url, accessToken, all);
      const repeat = await placeOrder(url, accessToken, all);
      const tooMuch = await placeOrder(url, accessToken, { quantity: '1' });
      await logIn(url, { username: 'admin', password: await stack.adminPassword() });
      stack.kill(signal);
      stack.kill(signal);
      const { code, stderr } = await stack.ended;

      expect(limits.get('ratelimit-limit')).toBe('90');
      expect(bought).toMatchObject({
        status: 201,
        replayed: false,
        body: { status: 'COMPLETED', notional: '10000.00' },
      });
      expect(repeat).toEqual({ ...bought, replayed: true });
      expect(tooMuch).toMatchObject({ status: 422, body: { details: { available: '0.00', required: '28.80' } } });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      await expect(fetch(dynamoDb)).rejects.toThrow();
    },
  );

  it('keeps users, orders, cash and passwords in DATA_DIR', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'cnop-stack-'));
    const settings = { PORT: '0', DATA_DIR: join(dataDir, 'data') };
    const first = startMain(settings);
    const account = await openAccount({ url: await first.url(), deposit: '10000.00' });
    const bought = await placeOrder(await first.url(), account.accessToken, all);
    const password = await first.adminPassword();
    first.kill('SIGTERM');
    await first.ended;

    const second = startMain(settings);
    const url = await second.url();
    const { accessToken } = await logIn(url, account);
    const repeat = await placeOrder(url, accessToken, all);
    const tooMuch = await placeOrder(url, accessToken, { quantity: '1' });
    const sold = await placeOrder(url, accessToken, { orderType: 'MARKET_SELL', quantity: '347.222' });
    await logIn(url, { username: 'admin', password });
    second.kill('SIGTERM');

    expect(repeat).toEqual({ ...bought, replayed: true });
    expect(tooMuch).toMatchObject({ status: 422, body: { details: { available: '0.00' } } });
    expect(sold).toMatchObject({ status: 201, body: { notional: '9999.99' } });
    expect(await second.adminPassword()).toBe(password);
    expect(await second.ended).toMatchObject({ code: 0, stderr: '' });
    await rm(dataDir, { recursive: true });
  });

  it('ends with 0 on a signal while it starts', async () => {
    const stack = startMain({ PORT: '0' });
    const dynamoDb = await stack.dynamoDb();

    stack.kill('SIGTERM');

    expect(await stack.ended).toMatchObject({ code: 0, stderr: '' });
    await expect(fetch(dynamoDb)).rejects.toThrow();
  });

  it('reports in one line that its port is taken, before it starts anything', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;

    const stack = startMain({ PORT: String(port) });
    const { code, stdout, stderr } = await stack.ended;

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(`local-stack: configuration: PORT must be a free port: ${port} is taken\n`);
    server.close();
    await once(server, 'close');
  });

  it('prints a line for each request at LOG_LEVEL=info', async () => {
    const stack = startMain({ PORT: '0', LOG_LEVEL: 'info' });

    await fetch(`${await stack.url()}/v1/assets`);
    const [line] = await stack.printed(/^.*"route":"\/v1\/assets".*$/m);
    stack.kill('SIGTERM');

    expect(JSON.parse(line)).toMatchObject({ level: 30, method: 'GET', status: 200, msg: 'request' });
    expect(await stack.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('names PORT when it is no port, before it starts anything', async () => {
    const { code, stdout, stderr } = await startMain({ PORT: 'x' }).ended;

    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: 'local-stack: configuration: PORT must be a port number\n',
    });
  });
});
