import type { Database } from '@cnop/database-core';
import {
  balanceItemSchema,
  claimItemSchema,
  emailClaimItemSchema,
  transactionItemSchema,
  userItemSchema,
  usersTableShape,
} from '@cnop/entities-user/table';
import { Entity } from 'dynamodb-toolbox/entity';
import { Table } from 'dynamodb-toolbox/table';

/** The users table of one database, with the toolbox entity of each kind of item in it. */
export function openUsersTable(database: Database) {
  const tableName = database.tableName(usersTableShape.name);
  const table = new Table({
    name: tableName,
    partitionKey: { name: 'pk', type: 'string' },
    sortKey: { name: 'sk', type: 'string' },
  });
  const plain = { table, entityAttribute: false, timestamps: false } as const;

  return {
    tableName,
    profile: new Entity({ ...plain, name: 'User', schema: userItemSchema }),
    emailClaim: new Entity({ ...plain, name: 'EmailClaim', schema: emailClaimItemSchema }),
    balance: new Entity({ ...plain, name: 'Balance', schema: balanceItemSchema }),
    transaction: new Entity({ ...plain, name: 'BalanceTransaction', schema: transactionItemSchema }),
    claim: new Entity({ ...plain, name: 'Claim', schema: claimItemSchema }),
  };
}

/** What {@link openUsersTable} gives. */
export type UsersTable = ReturnType<typeof openUsersTable>;

/** Where users and their money are written. */
export interface UsersContext {
  readonly database: Database;
  readonly table: UsersTable;
}

/** The condition under which an item is put that must not be there yet. */
export const absent = { attr: 'pk', exists: false } as const;
