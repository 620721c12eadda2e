import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { queryItems, readItem, readItems, readTransaction, type Database } from '@cnop/database-core';
import { answerError, answerWith, cancelTransaction, refuseConnection } from '@cnop/testing';
import { putItem } from '../support/purchase.ts';
import { setup } from '../support/setup.ts';

const keyOf = (index: number) => ({ pk: 'P', sk: String(index).padStart(3, '0') });
const tableOf = (database: Database) => database.tableName('things');

async function putMany(database: Database, count: number): Promise<void> {
  for (let start = 0; start < count; start += 25) {
    const indexes = Array.from({ length: Math.min(25, count - start) }, (_, offset) => start + offset);
    const requests = indexes.map((index) => ({ PutRequest: { Item: { ...keyOf(index), index } } }));

    await database.reader.send(new BatchWriteCommand({ RequestItems: { [tableOf(database)]: requests } }));
  }
}

describe(readItem, () => {
  it('reads one item, numbers exactly, or nothing', async () => {
    const { database } = await setup();
    await putItem(database, { ...keyOf(1), small: 1, large: 123456789012345678901234n });

    const found = await readItem(database, { tableName: tableOf(database), key: keyOf(1) });
    const missing = await readItem(database, { tableName: tableOf(database), key: keyOf(2) });

    expect(found).toEqual({ ...keyOf(1), small: 1, large: 123456789012345678901234n });
    expect(missing).toBeUndefined();
  });

  it('reads with strong consistency', async () => {
    const { database, http } = await setup();

    await readItem(database, { tableName: tableOf(database), key: keyOf(1) });

    expect(JSON.parse(http.bodiesOf('GetItem')[0]!)).toMatchObject({ ConsistentRead: true });
  });

  it.each([
    ['DATABASE_ERROR', answerError('AccessDeniedException')],
    ['THROTTLED', answerError('ProvisionedThroughputExceededException')],
    ['DATABASE_UNAVAILABLE', refuseConnection()],
    ['DATABASE_UNAVAILABLE', answerError('InternalServerError', { status: 500 })],
  ])('ends in %s when the SDK has used up its attempts', async (code, fault) => {
    const { database, http } = await setup({ retry: { baseDelayMs: 1, maxDelayMs: 1 } });
    http.script('GetItem', fault, fault, fault, fault);

    const read = readItem(database, { tableName: tableOf(database), key: keyOf(1) });

    await expect(read).rejects.toMatchObject({ code });
  });
});

describe(readItems, () => {
  it('reads more keys than one request takes and leaves out what is absent', async () => {
    const { database, http } = await setup();
    await putMany(database, 230);
    const keys = Array.from({ length: 250 }, (_, index) => keyOf(index));

    const items = await readItems(database, { tableName: tableOf(database), keys });

    expect(items.map(({ index }) => Number(index)).sort((one, other) => one - other)).toEqual([...Array(230).keys()]);
    expect(http.bodiesOf('BatchGetItem')).toHaveLength(3);
    expect(http.bodiesOf('BatchGetItem').every((body) => body.includes('"ConsistentRead":true'))).toBe(true);
  });

  it('reads the named attributes alone', async () => {
    const { database } = await setup();
    await putMany(database, 2);
    const keys = [0, 1].map(keyOf);

    const items = await readItems(database, { tableName: tableOf(database), keys, attributes: ['sk'] });

    expect(items.map((item) => Object.keys(item))).toEqual([['sk'], ['sk']]);
  });

  it('asks nothing for no keys', async () => {
    const { database, http } = await setup();

    expect(await readItems(database, { tableName: tableOf(database), keys: [] })).toEqual([]);
    expect(http.bodiesOf('BatchGetItem')).toHaveLength(0);
  });

  it('asks again for the keys that were left unprocessed', async () => {
    const { database, http, waitsMs } = await setup();
    await putMany(database, 3);
    const unprocessed = (...indexes: number[]) => ({
      [tableOf(database)]: { Keys: indexes.map((index) => ({ pk: { S: 'P' }, sk: { S: keyOf(index).sk } })) },
    });
    const item = { pk: { S: 'P' }, sk: { S: '000' }, index: { N: '0' } };
    http.script(
      'BatchGetItem',
      answerWith({ Responses: { [tableOf(database)]: [item] }, UnprocessedKeys: unprocessed(1, 2) }),
      answerWith({ UnprocessedKeys: unprocessed(1, 2) }),
    );

    const items = await readItems(database, { tableName: tableOf(database), keys: [0, 1, 2].map(keyOf) });

    expect(items.map(({ index }) => index).sort()).toEqual([0, 1, 2]);
    expect(waitsMs).toHaveLength(2);
    const { RequestItems } = JSON.parse(http.bodiesOf('BatchGetItem')[2]!) as {
      RequestItems: Record<string, { Keys: unknown[] }>;
    };
    expect(RequestItems[tableOf(database)]!.Keys).toHaveLength(2);
  });

  it('ends in THROTTLED when keys stay unprocessed', async () => {
    const { database, http } = await setup({ retry: { maxAttempts: 2 } });
    const left = answerWith({
      UnprocessedKeys: { [tableOf(database)]: { Keys: [{ pk: { S: 'P' }, sk: { S: '000' } }] } },
    });
    http.script('BatchGetItem', left, left);

    const read = readItems(database, { tableName: tableOf(database), keys: [keyOf(0)] });

    await expect(read).rejects.toMatchObject({ code: 'THROTTLED', details: { attempts: 2 } });
  });
});

describe(readTransaction, () => {
  const addresses = (database: Database, ...indexes: number[]) =>
    indexes.map((index) => ({ tableName: tableOf(database), key: keyOf(index) }));

  it('gives the items in the order asked for, with gaps where there is none', async () => {
    const { database } = await setup();
    await putMany(database, 3);

    const items = await readTransaction(database, addresses(database, 2, 7, 0, 1));

    expect(items.map((item) => item?.['index'])).toEqual([2, undefined, 0, 1]);
  });

  it('reads again after a collision with a transaction', async () => {
    const { database, http, waitsMs } = await setup();
    await putMany(database, 1);
    http.script(
      'TransactGetItems',
      cancelTransaction('TransactionConflict'),
      cancelTransaction('ThrottlingError'),
      cancelTransaction('ProvisionedThroughputExceeded'),
    );

    const items = await readTransaction(database, addresses(database, 0));

    expect(items).toEqual([{ ...keyOf(0), index: 0 }]);
    expect(waitsMs).toEqual([19, 39, 79]);
  });

  it('ends in CONTENTION when it collides every time', async () => {
    const { database, http } = await setup({ retry: { maxAttempts: 2 } });
    http.script(
      'TransactGetItems',
      cancelTransaction('None', 'TransactionConflict'),
      cancelTransaction('TransactionConflict', 'None'),
    );

    const read = readTransaction(database, addresses(database, 0, 1));

    await expect(read).rejects.toMatchObject({
      code: 'CONTENTION',
      details: { attempts: 2 },
      cause: { name: 'TransactionCanceledException' },
    });
  });

  it.each([
    ['a cancellation that no repeat can mend', cancelTransaction('TransactionConflict', 'ValidationError')],
    ['denied access', answerError('AccessDeniedException')],
  ])('ends in DATABASE_ERROR at %s', async (_, fault) => {
    const { database, http } = await setup();
    http.script('TransactGetItems', fault);

    await expect(readTransaction(database, addresses(database, 0, 1))).rejects.toMatchObject({
      code: 'DATABASE_ERROR',
    });
  });
});

describe(queryItems, () => {
  it('gives every item, page after page as they are taken', async () => {
    const { database, http } = await setup();
    await putMany(database, 7);
    const found: unknown[] = [];

    for await (const item of queryItems(database, queryOf(database))) {
      found.push(item['index']);
      if (found.length === 3) expect(http.bodiesOf('Query')).toHaveLength(1);
    }

    expect(found).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(http.bodiesOf('Query')).toHaveLength(3);
  });

  it('reports a database that refuses', async () => {
    const { database, http } = await setup();
    http.script('Query', answerError('AccessDeniedException'));

    await expect(queryItems(database, queryOf(database)).next()).rejects.toMatchObject({ code: 'DATABASE_ERROR' });
  });

  const queryOf = (database: Database) => ({
    TableName: tableOf(database),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': 'P' },
    Limit: 3,
  });
});
