import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Database, deleteTables, ensureTables } from '@cnop/database-core';
import { createFaultInjector, isolatedTables, refuseConnection, testConnection } from '@cnop/testing';
import { createStoredConsumer, openDatabase, openReader } from '../support/open-reader.ts';
import { thingsShape, workShape } from '../support/shapes.ts';

const shapes = [thingsShape, workShape];

describe('a reader on a real DynamoDB', () => {
  const http = createFaultInjector();
  let database: Database;

  const keyOf = (pk: string) => ({ TableName: database.tableName('things'), Key: { pk, sk: 'ITEM' } });
  const update = (pk: string, version: number | bigint) =>
    database.reader.send(
      new UpdateCommand({
        ...keyOf(pk),
        UpdateExpression: 'SET version = :version',
        ExpressionAttributeValues: { ':version': version },
      }),
    );

  beforeEach(async () => {
    database = openDatabase({
      ...testConnection(),
      requestHandler: http,
      tables: isolatedTables(['things', 'work']),
      retry: { maxAttempts: 1 },
    });
    await ensureTables(database, shapes);
  });

  afterEach(async () => {
    http.heal();
    await deleteTables(database, shapes);
    database.close();
  });

  it('delivers puts, updates and removals with exact numbers, and nothing of a write that changed nothing', async () => {
    const consumer = createStoredConsumer(database, 'audit');
    const reader = openReader(database, [consumer]);
    const Item = { pk: 'a', sk: 'ITEM', version: 1, amountMinor: 100000000000000000000n };
    await database.reader.send(new PutCommand({ TableName: database.tableName('things'), Item }));
    await update('a', 2);
    await update('a', 2);
    await database.reader.send(new DeleteCommand(keyOf('a')));

    await reader.drain();

    const keys = { pk: 'a', sk: 'ITEM' };
    const changed = { ...Item, version: 2 };
    expect(consumer.batches.flat()).toMatchObject([
      { kind: 'INSERT', keys, newItem: Item },
      { kind: 'MODIFY', keys, oldItem: Item, newItem: changed },
      { kind: 'REMOVE', keys, oldItem: changed },
    ]);
    expect(consumer.batches.flat().every(({ at }) => /^\d{4}-.+Z$/.test(at))).toBe(true);
    expect(reader.problems).toEqual([]);
  });

  it('goes on behind the stored checkpoint, in another process', async () => {
    const consumer = createStoredConsumer(database, 'audit');
    await update('a', 1);
    const first = openReader(database, [consumer]);
    await first.drain();
    await first.stop();
    await update('a', 2);

    await openReader(database, [consumer]).drain();

    expect(consumer.versionsOf('a')).toEqual([1, 2]);
  });

  it('is taken over from a process that is gone', async () => {
    const consumer = createStoredConsumer(database, 'audit');
    await update('a', 1);
    await openReader(database, [consumer]).drain();
    await update('a', 2);
    const second = openReader(database, [consumer]);

    await second.drain(5);
    expect(consumer.versionsOf('a')).toEqual([1]);
    await second.drain(15);

    expect(consumer.versionsOf('a')).toEqual([1, 2]);
  });

  it('delivers to each of several consumers, each from its own checkpoint', async () => {
    const [audit, engine] = [createStoredConsumer(database, 'audit'), createStoredConsumer(database, 'engine')];
    await update('a', 1);
    const first = openReader(database, [audit]);
    await first.drain();
    await first.stop();
    await update('a', 2);

    await openReader(database, [audit, engine]).drain();

    expect(audit.versionsOf('a')).toEqual([1, 2]);
    expect(engine.versionsOf('a')).toEqual([1, 2]);
  });

  it('goes on after refused connections', async () => {
    const consumer = createStoredConsumer(database, 'audit');
    const reader = openReader(database, [consumer], { random: () => 0, refreshMs: 1_000_000 });
    await update('a', 1);
    await reader.drain();

    await update('a', 2);
    http.script('GetRecords', refuseConnection());
    http.script('ListStreams', refuseConnection());
    await reader.drain(5);

    expect(consumer.versionsOf('a')).toEqual([1, 2]);
    expect(reader.problems.map(({ kind }) => kind)).toEqual(['read', 'stream']);
  });

  it('reads what came since LATEST', async () => {
    const consumer = { ...createStoredConsumer(database, 'wake-up'), startAt: 'LATEST' as const };
    const reader = openReader(database, [consumer]);
    await update('a', 1);
    await reader.drain();

    await update('a', 2);
    await reader.drain();

    expect(consumer.versionsOf('a')).toEqual([2]);
  });

  it('tells that a table has no stream, until ensureTables enables one', async () => {
    await deleteTables(database, [thingsShape]);
    const { stream, ...plainShape } = thingsShape;
    await ensureTables(database, [plainShape]);
    const consumer = { ...createStoredConsumer(database, 'wake-up'), startAt: 'LATEST' as const };
    const reader = openReader(database, [consumer], { refreshMs: 1_000 });
    await reader.drain();
    expect(reader.status()).toEqual({ state: { kind: 'no-stream' }, shards: [] });

    await ensureTables(database, [{ ...plainShape, stream: stream! }]);
    await update('a', 1);
    await reader.drain();

    expect(reader.status()).toMatchObject({ state: { kind: 'reading' }, shards: [{ isHeld: true }] });
    expect(consumer.versionsOf('a')).toEqual([1]);
  });
});
