import type { Database, RawItem } from '@cnop/database-core';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { defineErrors } from '@cnop/exceptions';
import type { TableShape } from '@cnop/utils';
import type { OwnerCheck } from '../../src/index.ts';

/** A table of customers, as a service of its own would have one. */
export const accountsShape = {
  name: 'accounts',
  partitionKey: { name: 'pk', type: 'S' },
  indexes: [],
} as const satisfies TableShape;

/** The errors of that service. */
const accountErrors = defineErrors({
  AccountNotFoundError: {
    code: 'ACCOUNT_NOT_FOUND',
    status: 404,
    title: 'There is no such account.',
    advice: 'Open an account.',
    message: ({ owner }: { readonly owner: string }) => `there is no account of ${owner}`,
  },
  AccountClosedError: {
    code: 'ACCOUNT_CLOSED',
    status: 422,
    title: 'The account is closed.',
    advice: 'Open another one.',
    message: ({ owner }: { readonly owner: string }) => `the account of ${owner} is closed`,
  },
});

/** Opens an account, or closes it. */
export async function putAccount(database: Database, owner: string, status: 'OPEN' | 'CLOSED'): Promise<void> {
  const Item: RawItem = { pk: owner, status };
  await database.writer.send(new PutCommand({ TableName: database.tableName(accountsShape.name), Item }));
}

/** The check that an owner has an open account. */
export function accountCheck(database: Database): OwnerCheck {
  const TableName = database.tableName(accountsShape.name);

  return (owner) => ({
    write: {
      ConditionCheck: {
        TableName,
        Key: { pk: owner },
        ConditionExpression: '#status = :open',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':open': 'OPEN' },
      },
    },
    onConditionFailed: (oldItem) =>
      oldItem ? new accountErrors.AccountClosedError({ owner }) : new accountErrors.AccountNotFoundError({ owner }),
  });
}
