import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Database, ensureTables } from '@cnop/database-core';
import { createStreamsClient } from '@cnop/stream-records';
import { type RunningDynamoDb, startDynamoDb } from '@cnop/testing';
import { createMemoryLeases } from '../support/memory-stores.ts';
import { openDatabase, openReader } from '../support/open-reader.ts';
import { thingsShape, workShape } from '../support/shapes.ts';
import { createTestConsumer } from '../support/test-reader.ts';

const env = { ...process.env, DYNAMODB_ENDPOINT: '', CNOP_DYNAMODB: 'embedded' };

async function update({ reader, tableName }: Database, pk: string, version: number): Promise<void> {
  await reader.send(
    new UpdateCommand({
      TableName: tableName('things'),
      Key: { pk, sk: 'ITEM' },
      UpdateExpression: 'SET version = :version',
      ExpressionAttributeValues: { ':version': version },
    }),
  );
}

describe('an emulator that is started again under a reader', () => {
  let running: RunningDynamoDb | undefined;
  const opened: Database[] = [];

  /** Starts one, with the tables, and opens a database at it. */
  async function start(dataDir?: string): Promise<Database> {
    running = await startDynamoDb({ env, ...(dataDir !== undefined && { dataDir }) });
    const { region, endpoint, credentials } = running;
    const database = openDatabase({ region, endpoint, credentials, retry: { maxAttempts: 1 } });

    opened.push(database);
    await ensureTables(database, [thingsShape, workShape]);
    return database;
  }

  /** A reader whose requests go to whichever emulator runs now. */
  function openFollower(first: Database) {
    const consumer = createTestConsumer('audit');
    let database = first;
    const client = { send: (command: never) => createStreamsClient(database).send(command) };
    const reader = openReader(first, [consumer], {
      client: client,
      leaseStore: createMemoryLeases(),
      random: () => 0,
      refreshMs: 1_000_000,
    });

    return {
      consumer,
      reader,
      follow: (next: Database) => {
        database = next;
      },
    };
  }

  afterEach(async () => {
    for (const database of opened.splice(0)) database.close();
    await running?.stop();
  });

  it('without its data has a new stream, which is read from its beginning', async () => {
    const first = await start();
    const { consumer, reader, follow } = openFollower(first);
    for (const version of [1, 2, 3]) await update(first, 'a', version);
    await reader.drain();

    await running?.stop();
    await reader.pollOnce();
    expect(reader.status().state).toMatchObject({ kind: 'reading' });
    await reader.pollOnce();
    expect(reader.status().state).toMatchObject({ kind: 'unreachable' });
    const second = await start();
    follow(second);
    await update(second, 'b', 1);
    await reader.drain();

    expect(consumer.versionsOf('a')).toEqual([1, 2, 3]);
    expect(consumer.versionsOf('b')).toEqual([1]);
    expect(consumer.gaps).toMatchObject([{ reason: 'new-stream' }]);
    expect(new Set(reader.problems.map(({ kind }) => kind))).toEqual(new Set(['read', 'stream']));
  });

  it('with its data has the same stream, which is read on', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'stream-records-'));
    const first = await start(dataDir);
    const { consumer, reader, follow } = openFollower(first);
    for (const version of [1, 2]) await update(first, 'a', version);
    await reader.drain();

    await running?.stop();
    await reader.pollOnce();
    const second = await start(dataDir);
    follow(second);
    await update(second, 'a', 3);
    await reader.drain();

    expect(consumer.versionsOf('a')).toEqual([1, 2, 3]);
    expect(consumer.gaps).toEqual([]);
    await rm(dataDir, { recursive: true });
  });
});
