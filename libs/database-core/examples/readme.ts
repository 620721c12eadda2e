import { createDatabase, ensureTables, executeWrite } from '@cnop/database-core';
import { defineErrors } from '@cnop/exceptions';
import type { TableShape } from '@cnop/utils';

const errors = defineErrors({
  NameTakenError: { code: 'NAME_TAKEN', status: 409, title: 'The name is taken.', advice: 'Choose another name.' },
});
const users: TableShape = { name: 'users', partitionKey: { name: 'pk', type: 'S' }, indexes: [] };

export async function registerAnn(endpoint: string): Promise<void> {
  const database = createDatabase({ region: 'eu-west-1', endpoint, tables: { users: 'dev-users' } });
  await ensureTables(database, [users]);

  const writeId = database.ids.uuid();
  const Item = { pk: 'USER#ann', writeId };
  const TableName = database.tableName('users');
  await executeWrite(database, {
    operation: 'registerUser',
    guard: {
      write: { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } },
      writeId,
      onConditionFailed: () => new errors.NameTakenError({}),
    },
  });
}
