import type { Database } from '@cnop/database-core';
import { usersTableShape } from '@cnop/entities-user/table';
import { compileMoneyWrites } from './money-writes.ts';
import { openUsersEntities } from './users-entities.ts';

/** The users table of one database: the toolbox entity of each kind of item in it, and the writes that are compiled from those. */
export function openUsersTable(database: Database) {
  const tableName = database.tableName(usersTableShape.name);
  const entities = openUsersEntities(tableName);

  return { tableName, ...entities, ...compileMoneyWrites(entities) };
}

/** What {@link openUsersTable} gives. */
export type UsersTable = ReturnType<typeof openUsersTable>;

/** Where users and their money are written. */
export interface UsersContext {
  readonly database: Database;
  readonly table: UsersTable;
}
