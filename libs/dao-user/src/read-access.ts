import { readItem } from '@cnop/database-core';
import { accessAttributes, userAccessIn, userKey, type UserAccess } from '@cnop/entities-user/table';
import type { UsersContext } from './users-table.ts';

/** What decides whether a user may act, strongly consistent, and nothing else of her. */
export async function readAccess({ database, table }: UsersContext, username: string): Promise<UserAccess | undefined> {
  const item = await readItem(database, {
    tableName: table.tableName,
    key: { ...userKey(username) },
    attributes: accessAttributes,
  });

  return item && userAccessIn(item);
}
