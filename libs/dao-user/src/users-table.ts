import { type Database, preparedOnce, readItem } from '@cnop/database-core';
import { type User, userErrors } from '@cnop/entities-user';
import { usersTableShape } from '@cnop/entities-user/shape';
import {
  emailClaimItemSchema,
  fromUserItem,
  loginItemSchema,
  sessionItemSchema,
  userItemSchema,
  userKey,
} from '@cnop/entities-user/table';
import { Entity } from 'dynamodb-toolbox/entity';
import { Table } from 'dynamodb-toolbox/table';

/** The users table of one database: the toolbox entity of each kind of item in it, made once for all DAOs over it. */
export const openUsersTable = (database: Database) => preparedOnce(database, declareUsersTable);

function declareUsersTable(database: Database) {
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
    session: new Entity({ ...plain, name: 'Session', schema: sessionItemSchema }),
    login: new Entity({ ...plain, name: 'Login', schema: loginItemSchema }),
  };
}

/** What {@link openUsersTable} gives. */
export type UsersTable = ReturnType<typeof openUsersTable>;

/** Where users are written. */
export interface UsersContext {
  readonly database: Database;
  readonly table: UsersTable;
}

/** The user as stored. @throws UserNotFoundError. */
export async function readUser({ database, table }: UsersContext, username: string): Promise<User> {
  const item = await readItem(database, { tableName: table.tableName, key: userKey(username) });
  if (!item) throw new userErrors.UserNotFoundError({ username });

  return fromUserItem(item);
}
