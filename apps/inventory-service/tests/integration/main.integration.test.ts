import type { AssetResponse } from '@cnop/entities-inventory';
import { createTokenIssuer, generateSigningKey, publishKeys } from '@cnop/middleware';
import { startService } from '@cnop/middleware/service';
import { inventoryService } from '@cnop/inventory-service';
import { eventually } from '@cnop/testing';
import { fastify } from 'fastify';
import { parties, useInventoryApp } from '../support/inventory-app.ts';
import { startMain } from '../support/start-main.ts';

const { env: tables, service, database } = useInventoryApp();
const keyServer = fastify();
let env: NodeJS.ProcessEnv;
let token = '';
let feedToken = '';

beforeAll(async () => {
  const issuer = await createTokenIssuer({ ...parties, keys: { keys: [await generateSigningKey()] } });
  await keyServer.register(publishKeys, { issuer });
  const url = await keyServer.listen({ port: 0, host: '127.0.0.1' });
  env = {
    ...tables,
    PORT: '0',
    CNOP_JWKS_URL: `${url}/.well-known/jwks.json`,
    CNOP_TOKEN_ISSUER: parties.issuer,
  };
  token = (await issuer.issue({ username: 'admin', role: 'admin', sessionEpoch: 0 })).accessToken;
  feedToken = (await issuer.issue({ username: 'price-feed', role: 'price-feed', sessionEpoch: 0 })).accessToken;
});
afterAll(() => keyServer.close());

const createAt = (url: string, assetId: string) =>
  fetch(`${url}/v1/assets`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ assetId, name: 'X', category: 'OTHER', currency: 'USD', decimals: 0, priceScale: 2 }),
  });

describe('the command of the inventory service', () => {
  it('serves, and ends with 0 on SIGTERM', async () => {
    const main = startMain(env);
    const [, url = ''] = await main.printed(/Server listening at (http:[^"]+)"/);

    const created = await createAt(url, 'BYMAIN');
    main.kill('SIGTERM');

    expect(created.status).toBe(201);
    expect(await main.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('names the variable that is missing in one line', async () => {
    const { code, ...output } = await startMain({ ...env, CNOP_TABLE_INVENTORY: undefined }).ended;

    expect(code).toBe(1);
    expect(output).toEqual({
      stdout: '',
      stderr: 'inventory-service: configuration: CNOP_TABLE_INVENTORY is required\n',
    });
  });
});

describe('the inventory service, started', () => {
  it('serves with the keys that the address publishes, until it is stopped', async () => {
    const { url, stop } = await startService(inventoryService, { ...env, CNOP_LOG_LEVEL: 'silent' });

    const created = await createAt(url, 'BYSTART');
    await stop();

    expect(created.status).toBe(201);
    await expect(fetch(url)).rejects.toThrow();
  });

  it.each([
    [undefined, undefined],
    ['3600000', '1.00'],
  ])('takes a price of half an hour ago to trade on where its age may be %p', async (maxAgeMs, referencePrice) => {
    const settings = { ...env, CNOP_LOG_LEVEL: 'silent', CNOP_MAX_PRICE_AGE_MS: maxAgeMs };
    const { url, stop } = await startService(inventoryService, settings);
    const assetId = `AGED${maxAgeMs ?? ''}`;
    await createAt(url, assetId);
    const asOf = new Date(database.clock.now().getTime() - 1_800_000).toISOString();

    const priced = await fetch(`${url}/v1/assets/${assetId}/price`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${feedToken}` },
      body: JSON.stringify({ price: '1.00', asOf, source: 'feed' }),
    });
    const shown = (await priced.json()) as AssetResponse;
    await stop();

    expect(shown).toMatchObject({ price: '1.00', priceAsOf: asOf });
    expect(shown.referencePrice).toBe(referencePrice);
  });

  it.each([
    ['CNOP_TABLE_INVENTORY', undefined, 'is required'],
    ['CNOP_JWKS_URL', 'x', 'must be an http or https URL'],
    ['CNOP_MAX_PRICE_AGE_MS', '0', 'must be a positive whole number'],
  ])('names the variable %s when it is %p', async (setting, value, rule) => {
    const started = startService(inventoryService, { ...env, CNOP_LOG_LEVEL: 'silent', [setting]: value });

    await expect(started).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      details: { settings: [{ setting, rule }] },
    });
  });

  it('is ready while its tables are there', async () => {
    const report = await eventually('it is ready', async () => {
      const answer = await service().inject('/health/ready');
      return answer.statusCode === 200 && answer.json<object>();
    });

    expect(report).toMatchObject({ status: 'pass' });
  });
});
