import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { createTokenIssuer, generateSigningKey, publishKeys, type TokenIssuer } from '@cnop/middleware';
import { eventually } from '@cnop/testing';
import { fastify } from 'fastify';
import { parties } from '../support/order-app.ts';
import { startMain } from '../support/start-main.ts';
import { useTestTables } from '../support/test-tables.ts';

const { env: tables, trader } = useTestTables();
const listening = /Server listening at (http:[^"]+)"/;
const keyServer = fastify();
let env: NodeJS.ProcessEnv;
let issuer: TokenIssuer;

beforeAll(async () => {
  issuer = await createTokenIssuer({ ...parties, keys: { keys: [await generateSigningKey()] } });
  await keyServer.register(publishKeys, { issuer });
  const url = await keyServer.listen({ port: 0, host: '127.0.0.1' });
  env = { ...tables, CNOP_JWKS_URL: `${url}/.well-known/jwks.json`, CNOP_TOKEN_ISSUER: parties.issuer };
});
afterAll(() => keyServer.close());

describe('the command of the order service', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('serves, and ends with 0 on %s', async (signal) => {
    const main = startMain({ ...env, PORT: '0' });
    const [, url] = await main.printed(listening);
    const username = await trader();
    const { accessToken } = await issuer.issue({ username, role: 'customer', sessionEpoch: 0 });

    await eventually('it is healthy', async () => (await fetch(`${url}/health`)).ok);
    const order = await fetch(`${url}/v1/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
      body: JSON.stringify({ orderType: 'MARKET_BUY', assetId: 'MSFT', quantity: '1' }),
    });
    main.kill(signal);
    main.kill(signal);

    expect(order.status).toBe(201);
    expect(await main.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('names the variable that is missing in one line', async () => {
    const { code, ...output } = await startMain({ ...env, CNOP_TABLE_USERS: undefined }).ended;

    expect(code).toBe(1);
    expect(output).toEqual({ stdout: '', stderr: 'order-service: configuration: CNOP_TABLE_USERS is required\n' });
  });

  it('says in one line that its port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;

    const { code, stdout, stderr } = await startMain({ ...env, PORT: String(port) }).ended;

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(`order-service: configuration: PORT must be a free port: ${port} is taken\n`);
    server.close();
    await once(server, 'close');
  });
});
