import { readItem } from '@cnop/database-core';
import { userErrors, type User } from '@cnop/entities-user';
import { fromUserItem, userKey } from '@cnop/entities-user/table';
import type { UsersContext } from './users-table.ts';

/** The user as stored. @throws UserNotFoundError. */
export async function readUser({ database, table }: UsersContext, username: string): Promise<User> {
  const item = await readItem(database, { tableName: table.tableName, key: userKey(username) });
  if (!item) throw new userErrors.UserNotFoundError({ username });

  return fromUserItem(item);
}
