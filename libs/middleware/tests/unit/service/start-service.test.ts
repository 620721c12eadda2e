import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDatabase, type Database } from '@cnop/database-core';
import { createTokenIssuer, generateSigningKey, noQuery } from '@cnop/middleware';
import { checkTables, startService, type ServiceDefinition, type ServiceParts } from '@cnop/middleware/service';
import { systemClock, type TableShape } from '@cnop/utils';
import { wholeNumberSetting } from '@cnop/validation';
import * as z from 'zod';

const shape = (name: string): TableShape => ({ name, partitionKey: { name: 'pk', type: 'S' }, indexes: [] });
const settings = z.object({ CNOP_LIMIT: wholeNumberSetting(10) });
type Settings = z.output<typeof settings>;

const parties = { issuer: 'http://localhost/test', audience: 'cnop' };
/** Nobody listens at the endpoint: a database sends nothing before the first call. */
const env = {
  AWS_REGION: 'eu-west-1',
  DYNAMODB_ENDPOINT: 'http://127.0.0.1:9',
  CNOP_TABLE_PARCELS: 'dev-parcels',
  CNOP_TABLE_PRICE_TICKS: 'dev-ticks',
  CNOP_TOKEN_ISSUER: parties.issuer,
  CNOP_LOG_LEVEL: 'silent',
  CNOP_LIMIT: '3',
  PORT: '0',
};

async function setup(overrides: Partial<ServiceDefinition<Settings>> = {}) {
  const issuer = await createTokenIssuer({ ...parties, keys: { keys: [await generateSigningKey()] } });
  const closed = jest.fn(() => undefined);
  let parts: ServiceParts<Settings> | undefined;
  const definition: ServiceDefinition<Settings> = {
    name: 'parcel-service',
    title: 'Parcels',
    tables: [shape('parcels'), shape('price-ticks')],
    settings,
    compose: (given) => {
      parts = given;
      return {
        users: { isActive: async () => true },
        keys: issuer.publicKeys,
        addRoutes: async (service) => {
          service.addHook('onClose', async () => closed());
          service.get(
            '/v1/parcels',
            { config: { access: 'authenticated' }, schema: { querystring: noQuery } },
            ({ user }) => ({ of: user.username }),
          );
        },
      };
    },
    ...overrides,
  };

  return { definition, issuer, closed, parts: () => parts! };
}

/** A DynamoDB that only describes tables, and whose clock is so far ahead of ours. */
async function startTables(aheadMs: number) {
  const server = createServer((_request, response) => {
    response.setHeader('date', new Date(systemClock.now().getTime() + aheadMs).toUTCString());
    response.end(
      JSON.stringify({
        Table: {
          TableStatus: 'ACTIVE',
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        },
      }),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return { server, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('checkTables', () => {
  it.each([
    [0, 'pass', undefined],
    [3_600_000, 'fail', 'CLOCK_OFF'],
    [-3_600_000, 'fail', 'CLOCK_OFF'],
  ])('says at once of a database whose clock is %s ms ahead: %s', async (aheadMs, status, message) => {
    const { server, endpoint } = await startTables(aheadMs);
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const database = createDatabase({ region: 'eu-west-1', endpoint, credentials, tables: { parcels: 'dev-parcels' } });

    const report = await checkTables(database, [shape('parcels')]).readiness();
    const ofOther = await checkTables(database, [
      { ...shape('parcels'), sortKey: { name: 'sk', type: 'S' } },
    ]).readiness();
    database.close();
    server.close();

    expect(report).toMatchObject({ status, checks: { clock: { status } } });
    expect(ofOther.checks['dynamodb:dev-parcels']).toMatchObject({ status: 'fail', message: 'KEY_SCHEMA_DIFFERS' });
    expect(JSON.stringify(report).includes('CLOCK_OFF')).toBe(message !== undefined);
  });
});

describe('startService', () => {
  it('serves what is composed, with what every service has, until it is stopped', async () => {
    const { definition, issuer, closed } = await setup();
    const { url, stop } = await startService(definition, env);
    const { accessToken } = await issuer.issue({ username: 'ada', role: 'customer', sessionEpoch: 0 });
    const headers = { authorization: `Bearer ${accessToken}` };

    const answer = await fetch(`${url}/v1/parcels`, { headers });
    const stranger = await fetch(`${url}/v1/parcels`);
    const document = (await (await fetch(`${url}/openapi.json`)).json()) as { info: { title: string } };
    const metrics = await (await fetch(`${url}/metrics`)).text();
    await stop();

    expect(await answer.json()).toEqual({ of: 'ada' });
    expect(stranger.status).toBe(401);
    expect(document.info.title).toBe('Parcels');
    expect(metrics).toContain('cnop_http_requests_total{method="GET",route="/v1/parcels",status="200"} 1');
    expect(closed).toHaveBeenCalledTimes(1);
    await expect(fetch(url)).rejects.toThrow();
  });

  it('composes with its settings, its tables and the parties of tokens', async () => {
    const { definition, parts } = await setup({ singleWrites: 'transaction' });

    const { stop } = await startService(definition, env);
    await stop();

    const { settings: own, database, tokens } = parts();
    expect(own).toEqual({ CNOP_LIMIT: 3 });
    expect(tokens).toEqual(parties);
    expect(database.singleWrites).toBe('transaction');
    expect(['parcels', 'price-ticks'].map((name) => database.tableName(name))).toEqual(['dev-parcels', 'dev-ticks']);
    expect(() => database.tableName('orders')).toThrow('tables.orders is required');
  });

  it('names all that is missing or wrong of service, database and its own at once', async () => {
    const { definition, parts } = await setup();
    const wrong = { ...env, CNOP_TOKEN_ISSUER: '', PORT: 'x', CNOP_TABLE_PRICE_TICKS: undefined, CNOP_LIMIT: '11' };

    await expect(startService(definition, wrong)).rejects.toMatchObject({
      message:
        'configuration: CNOP_TOKEN_ISSUER is required; PORT must be a port number; ' +
        'CNOP_TABLE_PRICE_TICKS is required; CNOP_LIMIT must be a whole number from 1 to 10',
    });
    expect(parts()).toBeUndefined();
  });

  it('prepares before it listens, and leaves nothing open when that fails', async () => {
    const { definition, closed } = await setup();
    const release = jest.fn(() => undefined);
    const compose: typeof definition.compose = async (parts) => {
      jest.spyOn(parts.database, 'close').mockImplementation(release);
      return { ...(await definition.compose(parts)), prepare: () => Promise.reject(new Error('name taken')) };
    };

    await expect(startService({ ...definition, compose }, env)).rejects.toThrow('name taken');
    expect([closed, release].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  });

  it('closes its database when it cannot be composed', async () => {
    const release = jest.fn(() => undefined);
    const compose = ({ database }: { readonly database: Database }) => {
      jest.spyOn(database, 'close').mockImplementation(release);
      return Promise.reject(new Error('no keys'));
    };
    const { definition } = await setup({ compose });

    await expect(startService(definition, env)).rejects.toThrow('no keys');
    expect(release).toHaveBeenCalledTimes(1);
  });

  it('starts and stops tracing where the environment names a collector', async () => {
    const { definition } = await setup();
    const traced = { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' };

    const { stop } = await startService(definition, traced);

    await expect(stop()).resolves.toBeUndefined();
  });
});

describe('checkTables', () => {
  it('checks every table, by its physical name', async () => {
    const { definition, parts } = await setup();
    const { stop } = await startService(definition, env);

    const { status, checks } = await checkTables(parts().database, definition.tables).readiness();
    await stop();

    expect(status).toBe('fail');
    expect(Object.keys(checks)).toEqual(['dynamodb:dev-parcels', 'dynamodb:dev-ticks', 'clock']);
  });
});
