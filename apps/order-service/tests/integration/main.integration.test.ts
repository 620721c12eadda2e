import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { createTokenIssuer, generateSigningKey, publishKeys, type TokenIssuer } from '@cnop/middleware';
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
    const main = startMain({ ...env, PORT: '0', CNOP_MAX_PRICE_AGE_MS: '600000' });
    const [, url] = await main.printed(listening);
    const username = await trader();
    const { accessToken } = await issuer.issue({ username, role: 'customer', sessionEpoch: 0 });

    const health = await fetch(`${url}/health`);
    const order = await fetch(`${url}/v1/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
      body: JSON.stringify({ orderType: 'MARKET_BUY', assetId: 'MSFT', quantity: '1' }),
    });
    main.kill(signal);
    main.kill(signal);

    expect([health.status, order.status]).toEqual([200, 201]);
    expect(await main.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it.each([
    ['CNOP_TABLE_USERS', undefined, 'order-service: CNOP_TABLE_USERS is required\n'],
    ['AWS_REGION', '', 'order-service: AWS_REGION is required\n'],
    ['DYNAMODB_ENDPOINT', 'nowhere', 'order-service: DYNAMODB_ENDPOINT must be an http or https URL\n'],
    ['PORT', 'x', 'order-service: PORT must be a port number\n'],
    ['CNOP_JWKS_URL', undefined, 'order-service: CNOP_JWKS_URL is required\n'],
    ['CNOP_TOKEN_ISSUER', 'nobody', 'order-service: CNOP_TOKEN_ISSUER must be an http or https URL\n'],
    ['CNOP_MAX_PRICE_AGE_MS', '0', 'order-service: CNOP_MAX_PRICE_AGE_MS must be a positive whole number\n'],
  ])('names the variable %s when it is %p', async (name, value, stderr) => {
    const { code, ...output } = await startMain({ ...env, [name]: value }).ended;

    expect(code).toBe(1);
    expect(output).toEqual({ stdout: '', stderr });
  });

  it('says in one line that its port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;

    const { code, stderr } = await startMain({ ...env, PORT: String(port) }).ended;

    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`^order-service: .*address already in use.*${port}\n$`));
    server.close();
    await once(server, 'close');
  });
});
