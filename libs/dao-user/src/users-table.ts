import { type Database, readItem } from '@cnop/database-core';
import { type User, userErrors } from '@cnop/entities-user';
import { usersTableShape } from '@cnop/entities-user/shape';
import { fromUserItem, userKey } from '@cnop/entities-user/table';

/** The users table of one database. */
export interface UsersTable {
  /** Its physical name. */
  readonly tableName: string;
}

/** Opens it. @throws ConfigurationError when the database has no such table. */
export const openUsersTable = (database: Database): UsersTable => ({
  tableName: database.tableName(usersTableShape.name),
});

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
