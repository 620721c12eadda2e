import { randomUUID } from 'node:crypto';

import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
  type TableStatus,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createHealthRegistry } from '@cnop/health';
import { dynamoDbCheck, dynamoDbChecks } from '@cnop/health/dynamodb';
import { eventually, timesOutMs } from '@cnop/testing';
import type { TableShape } from '@cnop/utils';

import { startScriptedServer, type ScriptedServer } from '../scripted-server.ts';

const settings = {
  region: 'eu-central-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
};
const timeoutMs = 60_000;

describe('on a real DynamoDB', () => {
  const client = new DynamoDBClient({ ...settings, endpoint: process.env.DYNAMODB_ENDPOINT });
  const tableName = `health-${randomUUID()}`;
  const missingName = `missing-${randomUUID()}`;

  beforeAll(async () => {
    await client.send(
      new CreateTableCommand({
        TableName: tableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      }),
    );
    await waitUntilTableExists({ client, minDelay: 1, maxDelay: 2, maxWaitTime: 120 }, { TableName: tableName });
  });

  afterAll(async () => {
    await client.send(new DeleteTableCommand({ TableName: tableName }));
    client.destroy();
  });

  it('passes for a table that is ACTIVE, with the latency', async () => {
    const health = createHealthRegistry();
    health.register(dynamoDbCheck({ client, tableName, timeoutMs }));

    const { status, checks } = await health.readiness();

    const result = checks[`dynamodb:${tableName}`]!;
    expect(status).toBe('pass');
    expect(result.latencyMs).toBeGreaterThanOrEqual(0);
    expect(result.latencyMs).toBeLessThan(timeoutMs);
  });

  const keys = { name: 'any', partitionKey: { name: 'pk', type: 'S' } } as const;
  const index = { name: 'byOwner', partitionKey: { name: 'owner', type: 'S' }, projection: 'ALL' } as const;

  it.each<[string, TableShape, object]>([
    ['of its keys', { ...keys, indexes: [] }, { status: 'pass' }],
    [
      'of another key',
      { ...keys, partitionKey: { name: 'id', type: 'S' }, indexes: [] },
      { status: 'fail', message: 'KEY_SCHEMA_DIFFERS' },
    ],
    [
      'of another type',
      { ...keys, partitionKey: { name: 'pk', type: 'N' }, indexes: [] },
      { status: 'fail', message: 'KEY_SCHEMA_DIFFERS' },
    ],
    [
      'with a sort key',
      { ...keys, sortKey: { name: 'sk', type: 'S' }, indexes: [] },
      { status: 'fail', message: 'KEY_SCHEMA_DIFFERS' },
    ],
    ['with an index', { ...keys, indexes: [index] }, { status: 'fail', message: 'INDEX_MISSING' }],
  ])('compares the table with a shape %s', async (_title, shape, expected) => {
    const health = createHealthRegistry();
    health.register(dynamoDbCheck({ client, tableName, shape, timeoutMs }));

    const { checks } = await health.readiness();

    expect(checks[`dynamodb:${tableName}`]).toMatchObject(expected);
  });

  it('tells the tables apart', async () => {
    const health = createHealthRegistry();
    for (const check of dynamoDbChecks({ client, tableNames: [tableName, missingName], timeoutMs })) {
      health.register(check);
    }

    const { status, checks } = await health.readiness();

    expect(status).toBe('fail');
    expect(checks).toMatchObject({
      [`dynamodb:${tableName}`]: { status: 'pass' },
      [`dynamodb:${missingName}`]: { status: 'fail', message: 'ResourceNotFoundException' },
    });
  });

  it('takes a document client, a name and settings', async () => {
    const health = createHealthRegistry();
    health.register(
      dynamoDbCheck({
        client: DynamoDBDocumentClient.from(client),
        tableName: missingName,
        name: 'prices',
        critical: false,
        kinds: ['startup'],
        timeoutMs,
      }),
    );

    const { status, checks } = await health.startup();

    expect(status).toBe('warn');
    expect(checks.prices).toMatchObject({ status: 'warn', message: 'ResourceNotFoundException' });
  });
});

describe('on a DynamoDB in trouble', () => {
  let server: ScriptedServer;
  let client: DynamoDBClient;

  beforeEach(async () => {
    server = await startScriptedServer();
    client = new DynamoDBClient({ ...settings, endpoint: server.endpoint });
  });

  afterEach(async () => {
    client.destroy();
    await server.stop();
  });

  const tellStatus = (TableStatus?: TableStatus): void => {
    server.answer({ status: 200, body: JSON.stringify({ Table: { TableName: 'orders', TableStatus } }) });
  };

  it.each<[TableStatus | undefined, string, string]>([
    ['UPDATING', 'warn', 'TABLE_UPDATING'],
    ['CREATING', 'fail', 'TABLE_CREATING'],
    ['DELETING', 'fail', 'TABLE_DELETING'],
    ['INACCESSIBLE_ENCRYPTION_CREDENTIALS', 'fail', 'TABLE_INACCESSIBLE_ENCRYPTION_CREDENTIALS'],
    [undefined, 'fail', 'TABLE_UNKNOWN'],
  ])('judges a table that is %s', async (tableStatus, status, message) => {
    tellStatus(tableStatus);
    const health = createHealthRegistry();
    health.register(dynamoDbCheck({ client, tableName: 'orders', timeoutMs }));

    const { checks } = await health.readiness();

    expect(checks['dynamodb:orders']).toMatchObject({ status, message });
  });

  it('answers in time when DynamoDB does not, and passes again when it does', async () => {
    const health = createHealthRegistry({ timeoutMs: timesOutMs, cacheMs: 0 });
    health.register(dynamoDbCheck({ client, tableName: 'orders' }));

    const hung = await health.readiness();
    tellStatus('ACTIVE');

    expect(hung.checks['dynamodb:orders']).toMatchObject({ status: 'fail', message: 'CHECK_TIMED_OUT' });
    await eventually('it passes again', async () => (await health.readiness()).status === 'pass');
  });

  it('asks once however many ask at once', async () => {
    tellStatus('ACTIVE');
    const health = createHealthRegistry({ timeoutMs });
    health.register(dynamoDbCheck({ client, tableName: 'orders' }));

    await Promise.all(Array.from({ length: 32 }, () => health.readiness()));

    expect(server.requestCount()).toBe(1);
  });
});
