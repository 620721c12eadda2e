import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, ensureTables, type Database } from '@cnop/database-core';
import {
  answerError,
  createFaultInjector,
  eventually,
  everyCall,
  startDynamoDb,
  throttle,
  type RunningDynamoDb,
} from '@cnop/testing';
import { systemClock } from '@cnop/utils';
import { workerShapes } from '../../src/settings.ts';
import { runWorker } from '../support/open-worker.ts';
import { marketOf, useTestExchange } from '../support/test-exchange.ts';

const { market, connect } = useTestExchange();
const running: ReturnType<typeof runWorker>[] = [];
const start = (database: Database) => {
  const worker = runWorker(database);
  running.push(worker);
  return worker;
};
afterEach(() => Promise.all(running.splice(0).map((worker) => worker.stop())));

describe('a worker goes on', () => {
  it('after an iterator of the stream has expired', async () => {
    const { database, http } = connect();
    const assetId = await market.list();
    const orderId = await market.place(assetId);
    const worker = start(database);
    await eventually('it reads the stream', () => worker.signals() === 'reading');

    http.script('GetRecords', answerError('ExpiredIteratorException'));
    await market.tick(assetId, '19.00');
    await market.isOver(orderId);

    expect(await market.statusOf(orderId)).toBe('COMPLETED');
    expect(await worker.metric('cnop_worker_reads_stream')).toBe(1);
    expect(await worker.metric('cnop_orders_executed_total{outcome="COMPLETED"}')).toBe(1);
  });

  it('after it was throttled for a while, and logs assets without owners', async () => {
    const { database, http } = connect({ retry: { maxAttempts: 2 } });
    const assetId = await market.list();
    const orderId = await market.place(assetId);
    const worker = start(database);
    await worker.goesFirst();

    http.use(everyCall(throttle()));
    await market.tick(assetId, '19.00');
    await worker.hasLogged(/^poll the worker tries again/);
    http.heal();
    await market.isOver(orderId);

    expect(await market.statusOf(orderId)).toBe('COMPLETED');
    expect(JSON.stringify(worker.lines)).not.toContain('owner-');
    expect(await worker.metric('cnop_worker_problems_total{kind="poll"}')).toBeGreaterThan(0);
  });

  it('after its clock was set back by an hour, once it is right again', async () => {
    let offsetMs = 0;
    const clock = { now: () => new Date(systemClock.now().getTime() + offsetMs) };
    const assetId = await market.list();
    const orderId = await market.place(assetId);
    const worker = start(connect({ clock }).database);
    await worker.goesFirst();

    const { polledAt = '' } = worker.status();
    offsetMs = -3_600_000;
    await market.tick(assetId, '19.00');
    await eventually('it polls in the past', () => worker.status().polledAt! < polledAt);
    offsetMs = 0;
    await market.isOver(orderId);

    expect(await market.statusOf(orderId)).toBe('COMPLETED');
  });

  it('where the table has no stream: it polls, and says so', async () => {
    const { database, http } = connect();
    http.use(
      everyCall(
        { ...answerError('none'), name: 'no-streams', apply: async () => noStreams },
        { target: 'ListStreams' },
      ),
    );
    const assetId = await market.list();
    const orderId = await market.place(assetId);
    const worker = start(database);

    await worker.hasLogged(/has no stream: it is polled every second/);
    await market.tick(assetId, '19.00');
    await market.isOver(orderId);

    const ready = await worker.health.readiness();
    expect(await market.statusOf(orderId)).toBe('COMPLETED');
    expect(ready).toMatchObject({
      status: 'warn',
      checks: { worker: { status: 'pass' }, stream: { message: 'NO_STREAM' } },
    });
    expect(await worker.metric('cnop_worker_reads_stream')).toBe(0);
  });
});

const noStreams = {
  statusCode: 200,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: new TextEncoder().encode('{"Streams":[]}'),
};

describe('an emulator that is started again under a worker', () => {
  let dynamoDb: RunningDynamoDb | undefined;
  afterEach(() => dynamoDb?.stop());

  it('with its data: the worker fills what comes then, by the stream as before', async () => {
    const env = { ...process.env, DYNAMODB_ENDPOINT: '', CNOP_DYNAMODB: 'embedded' };
    const dataDir = await mkdtemp(join(tmpdir(), 'order-worker-'));
    dynamoDb = await startDynamoDb({ env, dataDir });
    const { region, endpoint, credentials } = dynamoDb;
    const http = createFaultInjector();
    /** Requests go to whichever emulator runs now. */
    const follow = {
      ...http,
      handle: (request: { port?: number }, options?: object) => {
        request.port = Number(new URL(dynamoDb!.endpoint).port);
        return http.handle(request as never, options);
      },
    };
    const tables = { ledger: 'ledger', orders: 'orders', inventory: 'inventory' };
    const database = createDatabase({ region, endpoint, credentials, tables, requestHandler: follow as never });
    await ensureTables(database, workerShapes);
    const { list, place, tick, isOver, statusOf } = marketOf(database);
    const assetId = await list();
    const [first, second] = [await place(assetId), await place(assetId, { limitPrice: '18.00' })];
    const worker = start(database);
    await tick(assetId, '19.00');
    await isOver(first);

    await dynamoDb.stop();
    await worker.hasLogged(/^poll the worker tries again/);
    dynamoDb = await startDynamoDb({ env, dataDir });
    await tick(assetId, '17.00');
    await isOver(second);
    await eventually('it reads the stream', () => worker.signals() === 'reading');

    expect([await statusOf(first), await statusOf(second)]).toEqual(['COMPLETED', 'COMPLETED']);
    await Promise.all(running.splice(0).map((each) => each.stop()));
    database.close();
    await rm(dataDir, { recursive: true });
  });
});
