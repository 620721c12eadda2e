import { deleteTables, ensureTables, executeWrite, queryPage, readItem, readItems } from '@cnop/database-core';
import { answerError } from '@cnop/testing';
import type { TableShape } from '@cnop/utils';
import { check, debit, purchase, purchaseKey } from '../support/purchase.ts';
import { setup } from '../support/setup.ts';
import { openTestDatabase } from '../support/test-database.ts';

const key = purchaseKey('o-1');

/** Every way in which the libraries ask for something, with the operation that it is sent as. */
const requests = {
  GetItem: (database) => readItem(database, { tableName: database.tableName('things'), key }),
  BatchGetItem: (database) => readItems(database, { tableName: database.tableName('things'), keys: [key] }),
  Query: (database) => queryThings(database),
  PutItem: (database) => executeWrite(database, purchase(database, { actions: [], clientNamed: false })),
  UpdateItem: (database) =>
    executeWrite(database, { ...purchase(database), guard: updateGuard(database), actions: [] }),
  TransactWriteItems: (database) => executeWrite(database, purchase(database, { clientNamed: false })),
} satisfies Record<string, (database: Database) => Promise<unknown>>;

const operations = Object.keys(requests) as (keyof typeof requests)[];

type Database = ReturnType<typeof openTestDatabase>['database'];

const updateGuard = (database: Database) => ({
  write: debit(database, 1).write,
  writeId: 'w-1',
  onConditionFailed: () => undefined,
});

const queryThings = (database: Database, index?: string) =>
  queryPage(
    database,
    {
      request: {
        TableName: database.tableName('things'),
        ...(index !== undefined && { IndexName: index }),
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': key.pk },
      },
      binding: [],
      position: () => [],
      startKey: () => ({}),
      fromItem: (item) => item,
    },
    { limit: 10 },
  );

describe('DATABASE_ERROR tells operation, table and reason', () => {
  it.each(operations)('of %s at a table that does not exist', async (operation) => {
    const { database } = openTestDatabase();

    await expect(requests[operation](database)).rejects.toMatchObject({
      code: 'DATABASE_ERROR',
      details: { operation, table: database.tableName('things'), reason: 'TABLE_MISSING' },
      message: `${operation} on ${database.tableName('things')}: TABLE_MISSING`,
    });
  });

  it.each(operations)('of %s at a table with other keys', async (operation) => {
    const { database } = openTestDatabase();
    const otherKeys: TableShape = { name: 'things', partitionKey: { name: 'id', type: 'S' }, indexes: [] };
    await ensureTables(database, [otherKeys]);

    await expect(requests[operation](database)).rejects.toMatchObject({
      code: 'DATABASE_ERROR',
      details: { operation, table: database.tableName('things'), reason: 'KEY_SCHEMA' },
    });
    await deleteTables(database, [otherKeys]);
  });

  it('of a query of an index that the table does not have', async () => {
    const { database } = await setup();

    await expect(queryThings(database, 'byNothing')).rejects.toMatchObject({
      details: { operation: 'Query', reason: 'KEY_SCHEMA' },
    });
  });

  it.each(operations)('of %s without credentials', async (operation) => {
    const credentials = async () => {
      throw Object.assign(new Error('No answer.'), { name: 'TimeoutError' });
    };
    const { database, http } = openTestDatabase({ credentials });

    await expect(requests[operation](database)).rejects.toMatchObject({
      code: 'DATABASE_ERROR',
      details: { operation, table: database.tableName('things'), reason: 'CREDENTIALS_UNAVAILABLE' },
    });
    expect(http.calls).toEqual([]);
  });

  it.each(operations)('of %s that IAM denies, with the action', async (operation) => {
    const { database, http } = openTestDatabase();
    const message =
      'User: arn:aws:sts::123456789012:assumed-role/orders/one is not authorized to perform: dynamodb:ConditionCheckItem ' +
      'on resource: arn:aws:dynamodb:eu-west-1:123456789012:table/prod-users/index/byOwner because no identity-based policy allows it';
    http.script(operation, answerError('AccessDeniedException', { message }));

    await expect(requests[operation](database)).rejects.toMatchObject({
      details: {
        operation,
        table: 'prod-users',
        reason: 'ACCESS_DENIED',
        action: 'dynamodb:ConditionCheckItem',
      },
      message: `${operation} on prod-users: ACCESS_DENIED (dynamodb:ConditionCheckItem)`,
    });
  });

  it('of keys that DynamoDB does not know, and of a refusal for another reason', async () => {
    const { database, http } = openTestDatabase();
    http.script('GetItem', answerError('UnrecognizedClientException'), answerError('ValidationException'));

    const refusals = [
      await requests.GetItem(database).catch((error: unknown) => error),
      await requests.GetItem(database).catch((error: unknown) => error),
    ];

    expect(refusals).toMatchObject([{ details: { reason: 'CREDENTIALS_REFUSED' } }, { details: { reason: 'OTHER' } }]);
  });

  it('of a transaction over several tables the one whose keys are others', async () => {
    const { database } = await setup();
    const tables = { things: database.tableName('things'), others: `${database.tableName('things')}-others` };
    const { database: both } = openTestDatabase({ tables });
    const others: TableShape = { name: 'others', partitionKey: { name: 'id', type: 'S' }, indexes: [] };
    await ensureTables(both, [others]);
    const { ConditionCheck } = check(database, 'attribute_not_exists(pk)');
    const write = { ConditionCheck: { ...ConditionCheck!, TableName: tables.others } };
    const plan = purchase(both, { actions: [{ write, onConditionFailed: () => new Error() as never }] });

    await expect(executeWrite(both, plan)).rejects.toMatchObject({
      // DynamoDB Local does not say which of the two.
      details: {
        operation: 'TransactWriteItems',
        table: expect.stringMatching(new RegExp(`${tables.others}$`)) as string,
        reason: 'KEY_SCHEMA',
      },
    });
    await deleteTables(both, [others]);
  });
});
