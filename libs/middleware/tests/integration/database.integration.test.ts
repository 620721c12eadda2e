import { randomUUID } from 'node:crypto';
import {
  createDatabase,
  deleteTables,
  ensureTables,
  executeWrite,
  observeDatabase,
  readItem,
} from '@cnop/database-core';
import { UsernameTakenError } from '@cnop/exceptions';
import { createMetrics, databaseObserver, runInSpan } from '@cnop/middleware';
import { conflict, createFaultInjector, loseRequest } from '@cnop/testing';
import type { TableShape } from '@cnop/utils';
import { testService } from '../support/test-service.ts';
import { testTracer } from '../support/test-tracer.ts';

const things: TableShape = { name: 'things', partitionKey: { name: 'pk', type: 'S' }, indexes: [] };
const metrics = createMetrics({ processMetrics: false });
const faults = createFaultInjector();
const database = createDatabase({
  region: 'us-east-1',
  endpoint: process.env['DYNAMODB_ENDPOINT']!,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  tables: { things: `things-${randomUUID()}` },
  requestHandler: faults,
  retry: { baseDelayMs: 1, maxDelayMs: 2 },
});
const TableName = database.tableName('things');

beforeAll(() => ensureTables(database, [things]));
afterAll(async () => {
  await deleteTables(database, [things]);
  database.close();
});

/** A service that writes an item and reads it, and tells all that its database does. */
async function observedService() {
  const traced = testTracer();
  const { tracer } = traced;
  const test = await testService({ metrics, tracer, server: { logging: { level: 'debug' } } });
  const stop = observeDatabase(database, databaseObserver({ log: test.service.log, metrics, tracer }));
  test.service.post('/things', { config: { access: 'authenticated' } }, async ({ user: { username } }) => {
    await runInSpan(tracer, 'putThing', async () => {
      const writeId = randomUUID();
      const Item = { pk: username, writeId };
      await executeWrite(database, {
        operation: 'putThing',
        guard: {
          write: { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } },
          writeId,
          onConditionFailed: () => new UsernameTakenError({ username }),
        },
      });
    });
    await readItem(database, { tableName: TableName, key: { pk: username } });
    return {};
  });

  return { ...test, ...traced, stop };
}

describe('a request that calls DynamoDB', () => {
  it('is seen as one in log, metrics and traces, its retries included', async () => {
    const { injectAs, find, spans, stop, log } = await observedService();
    faults.script('PutItem', conflict(), loseRequest());

    const answer = await injectAs(
      { username: 'ada' },
      {
        method: 'POST',
        url: '/things',
        headers: { 'x-request-id': 'r-1' },
        payload: {},
      },
    );
    stop();

    expect(answer.statusCode).toBe(200);
    const lines = log.all().filter(({ requestId }) => requestId === 'r-1');
    expect(lines.map(({ msg, operation, outcome, reason }) => [msg, operation, outcome ?? reason])).toEqual([
      ['database request failed', 'PutItem', 'conflict'],
      ['database request is sent again', 'putThing', 'conflict'],
      ['database request failed', 'PutItem', 'unknown'],
      ['database request is sent again', 'putThing', 'unknown'],
      ['database request', 'PutItem', 'ok'],
      ['database request', 'GetItem', 'ok'],
      ['request', undefined, undefined],
    ]);
    const server = find('POST /things').spanContext();
    const step = find('putThing');
    expect(step.parentSpanContext?.spanId).toBe(server.spanId);
    expect(find('DynamoDB.PutItem').parentSpanContext?.spanId).toBe(step.spanContext().spanId);
    expect(find('DynamoDB.GetItem').parentSpanContext?.spanId).toBe(server.spanId);
    expect(spans().every((span) => span.spanContext().traceId === server.traceId)).toBe(true);
    const text = await metrics.registry.metrics();
    expect(text).toContain('cnop_dynamodb_requests_total{operation="PutItem",outcome="ok"} 1\n');
    expect(text).toContain('cnop_dynamodb_conflicts_total{operation="PutItem"} 1\n');
    expect(text).toContain('cnop_dynamodb_retries_total{operation="putThing",reason="unknown"} 1\n');
  });

  it('is not mixed up with another one at the same time', async () => {
    const { injectAs, stop, log } = await observedService();
    const names = Array.from({ length: 8 }, (_, index) => `user-${index}`);

    await Promise.all(
      names.map((username) =>
        injectAs({ username }, { method: 'POST', url: '/things', headers: { 'x-request-id': username }, payload: {} }),
      ),
    );
    stop();

    for (const name of names) {
      const lines = log.all().filter(({ requestId }) => requestId === name);
      expect(lines.map(({ msg, user, operation }) => [msg, user ?? operation])).toEqual([
        ['database request', 'PutItem'],
        ['database request', 'GetItem'],
        ['request', name],
      ]);
    }
  });

  it('tells of a refused condition at debug only', async () => {
    const { injectAs, stop, log } = await observedService();

    const answer = await injectAs({ username: 'ada' }, { method: 'POST', url: '/things', payload: {} });
    stop();

    expect(answer.json()).toMatchObject({ status: 409, code: 'USERNAME_TAKEN' });
    expect(log.of('database request')).toEqual([expect.objectContaining({ level: 20, outcome: 'condition-failed' })]);
  });
});
