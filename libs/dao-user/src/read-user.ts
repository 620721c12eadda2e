import { readItem } from '@cnop/database-core';
import type { User } from '@cnop/entities-user';
import { fromUserItem, userKey } from '@cnop/entities-user/table';
import { UserNotFoundError } from '@cnop/exceptions';
import type { UsersContext } from './users-table.ts';

/** The user as stored. @throws UserNotFoundError. */
export async function readUser({ database, table }: UsersContext, username: string): Promise<User> {
  const item = await readItem(database, { tableName: table.tableName, key: { ...userKey(username) } });
  if (!item) throw new UserNotFoundError({ username });

  return fromUserItem(item);
}
