import { DescribeTableCommand, DescribeTimeToLiveCommand, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { deleteTables, describeTables, ensureTables, type Database } from '@cnop/database-core';
import { answerError, answerWith, loseRequest, loseResponse } from '@cnop/testing';
import type { TableShape } from '@cnop/utils';
import { putItem } from '../support/purchase.ts';
import { openTestDatabase, thingsShape } from '../support/test-database.ts';

/** The same table as it is declared without a stream and without time to live. */
const plainShape: TableShape = { ...thingsShape, stream: undefined, timeToLive: undefined };
const opened: Database[] = [];

function setup() {
  const tables = { things: `things-${crypto.randomUUID()}` };
  const test = openTestDatabase({ tables });

  opened.push(test.database);
  return { ...test, tables };
}

/** A table that lacks both, and an item in it. */
async function setupPlain() {
  const test = setup();
  await ensureTables(test.database, [plainShape]);
  await putItem(test.database, { pk: 'kept', sk: 'kept' });

  return test;
}

async function featuresOf({ reader, tableName }: Database) {
  const TableName = tableName('things');
  const { Table } = await reader.send(new DescribeTableCommand({ TableName }));
  const { TimeToLiveDescription } = await reader.send(new DescribeTimeToLiveCommand({ TableName }));

  return { stream: Table?.StreamSpecification?.StreamViewType, timeToLive: TimeToLiveDescription?.AttributeName };
}

const enabled = { stream: 'NEW_AND_OLD_IMAGES', timeToLive: 'ttl' };
const timeToLiveIs = (TimeToLiveStatus: string, AttributeName = 'ttl') =>
  answerWith({ TimeToLiveDescription: { TimeToLiveStatus, AttributeName } });

afterEach(async () => {
  for (const database of opened.splice(0)) {
    await deleteTables(database, [thingsShape]);
    database.close();
  }
});

describe('the stream and the time to live of a table', () => {
  it('are enabled on a table that is created', async () => {
    const { database, http } = setup();

    await ensureTables(database, [thingsShape]);

    expect(await featuresOf(database)).toEqual(enabled);
    expect(http.bodiesOf('UpdateTable')).toEqual([]);
  });

  it('are enabled on a table that lacks them, of which nothing else is changed', async () => {
    const { database, http, tables } = await setupPlain();

    await ensureTables(database, [thingsShape]);

    expect(await featuresOf(database)).toEqual(enabled);
    expect(http.bodiesOf('UpdateTable').map((body) => JSON.parse(body) as object)).toEqual([
      {
        TableName: tables.things,
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      },
    ]);
    expect(await describeTables(database, [thingsShape])).toMatchObject([{ status: 'ACTIVE', itemCount: 1 }]);
  });

  it('are left alone where they are enabled', async () => {
    const { database, http } = await setupPlain();
    await ensureTables(database, [thingsShape]);

    await ensureTables(database, [thingsShape]);

    expect(http.bodiesOf('UpdateTable')).toHaveLength(1);
    expect(http.bodiesOf('UpdateTimeToLive')).toHaveLength(1);
  });

  it('stay enabled on a table whose shape has neither', async () => {
    const { database, http } = setup();
    await ensureTables(database, [thingsShape]);

    await ensureTables(database, [plainShape]);

    expect(await featuresOf(database)).toEqual(enabled);
    expect(http.bodiesOf('UpdateTimeToLive')).toHaveLength(1);
  });

  it('may be enabled by many processes at once', async () => {
    const { database, tables } = await setupPlain();
    const others = Array.from({ length: 8 }, () => openTestDatabase({ tables }).database);

    await Promise.all([database, ...others].map((each) => ensureTables(each, [thingsShape])));

    expect(await featuresOf(database)).toEqual(enabled);
    for (const other of others) other.close();
  });

  it.each(['UpdateTable', 'UpdateTimeToLive'])('are enabled although the response to %s is lost', async (operation) => {
    const { database, http } = await setupPlain();
    http.script(operation, ...Array.from({ length: 4 }, () => loseResponse()));

    await ensureTables(database, [thingsShape]);

    expect(await featuresOf(database)).toEqual(enabled);
  });

  it.each(['UpdateTable', 'UpdateTimeToLive'])('wait for another change of the table before %s', async (operation) => {
    const { database, http, waitsMs } = await setupPlain();
    http.script(operation, answerError('ResourceInUseException'), answerError('ResourceInUseException'));

    await ensureTables(database, [thingsShape]);

    expect(await featuresOf(database)).toEqual(enabled);
    expect(waitsMs.slice(-2)).toEqual([50, 100]);
  });

  it.each(['UpdateTable', 'UpdateTimeToLive'])(
    'are taken from the process that was first with %s',
    async (operation) => {
      const { database, http } = await setupPlain();
      http.script(operation, answerError('ValidationException', { carriedOut: true }));

      await ensureTables(database, [thingsShape]);

      expect(http.bodiesOf(operation)).toHaveLength(1);
    },
  );

  it('are ready once the table is active again', async () => {
    const { database, http } = setup();
    const table = (TableStatus: string, StreamEnabled: boolean) =>
      answerWith({
        Table: {
          TableStatus,
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          StreamSpecification: { StreamEnabled, StreamViewType: 'NEW_AND_OLD_IMAGES' },
        },
      });
    const shape: TableShape = { name: 'things', partitionKey: { name: 'id', type: 'N' }, indexes: [] };
    http.script('DescribeTable', ...Array.from({ length: 3 }, () => table('ACTIVE', false)));
    http.script('UpdateTable', answerWith({}));
    http.script('DescribeTable', table('UPDATING', true), table('UPDATING', true), table('ACTIVE', true));

    await ensureTables(database, [{ ...shape, stream: 'NEW_AND_OLD_IMAGES' }]);

    expect(http.bodiesOf('UpdateTable')).toHaveLength(1);
    expect(http.bodiesOf('DescribeTable')).toHaveLength(6);
  });

  it.each(['ENABLED', 'ENABLING'])('count as enabled while DynamoDB says %s', async (status) => {
    const { database, http } = await setupPlain();
    http.script('DescribeTimeToLive', timeToLiveIs(status));

    await ensureTables(database, [thingsShape]);

    expect(http.bodiesOf('UpdateTimeToLive')).toEqual([]);
  });

  it('refuse a table whose time to live is by another attribute', async () => {
    const { database, tables, http } = setup();
    await ensureTables(database, [{ ...thingsShape, timeToLive: 'expiresAt' }]);

    const ensured = ensureTables(database, [thingsShape]);

    await expect(ensured).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      details: {
        settings: [{ setting: `table ${tables.things}`, rule: "has time to live by 'expiresAt' instead of 'ttl'" }],
      },
    });
    expect(http.bodiesOf('UpdateTimeToLive')).toHaveLength(1);
  });

  it('refuse a table whose stream tells less', async () => {
    const { database, tables, http } = await setupPlain();
    await database.reader.send(
      new UpdateTableCommand({
        TableName: tables.things,
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
      }),
    );

    const ensured = ensureTables(database, [thingsShape]);

    await expect(ensured).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      details: {
        settings: [
          { setting: `table ${tables.things}`, rule: 'has a stream of KEYS_ONLY instead of NEW_AND_OLD_IMAGES' },
        ],
      },
    });
    expect(http.bodiesOf('UpdateTable')).toHaveLength(1);
  });

  it.each([
    ['UpdateTable', 'AccessDeniedException', 1],
    ['UpdateTable', 'ValidationException', 5],
    ['UpdateTimeToLive', 'AccessDeniedException', 1],
    ['UpdateTimeToLive', 'ValidationException', 5],
    ['DescribeTimeToLive', 'UnknownOperationException', 1],
  ])('are an error where %s ends in %s', async (operation, name, times) => {
    const { database, http } = await setupPlain();
    http.script(operation, ...Array.from({ length: 10 }, () => answerError(name)));

    await expect(ensureTables(database, [thingsShape])).rejects.toMatchObject({ code: 'DATABASE_ERROR' });
    expect(http.bodiesOf(operation)).toHaveLength(times);
  });

  it('are an error where the database cannot be reached', async () => {
    const { database, http } = await setupPlain();
    http.script('UpdateTimeToLive', ...Array.from({ length: 40 }, () => loseRequest()));

    await expect(ensureTables(database, [thingsShape])).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  });
});
