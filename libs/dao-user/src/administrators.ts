import { type Database, readItem, type WriteAction } from '@cnop/database-core';
import { type User, userErrors } from '@cnop/entities-user';
import { administratorsKey, fromAdministratorsItem, SCHEMA_VERSION } from '@cnop/entities-user/table';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $add, $delete } from 'dynamodb-toolbox/entity/actions/update/symbols';
import { usersEntities } from './users-entities.ts';
import type { UsersContext } from './users-table.ts';

/** A user before and after a change; `before` is absent for a new one. */
export interface AdministratorChange {
  readonly username: string;
  readonly before?: Pick<User, 'role' | 'status'>;
  readonly after: Pick<User, 'role' | 'status'>;
  readonly updatedAt: string;
}

/**
 * What keeps the item of active administrators true in the write that changes a profile: nothing unless the user becomes one or is one no
 * more. The last one stays, whoever else is suspended at the same time: all such writes meet at this item.
 *
 * The removal fails with LastAdminError.
 */
export function administratorActions(database: Database, change: AdministratorChange): WriteAction[] {
  const { before, after } = change;
  const was = before !== undefined && isAdministrator(before);
  if (was === isAdministrator(after)) return [];

  return [was ? removal(database, change) : addition(database, change)];
}

/** Whether the user may administer now. */
export const isAdministrator = ({ role, status }: Pick<User, 'role' | 'status'>): boolean =>
  role === 'admin' && status === 'ACTIVE';

function addition(database: Database, { username, updatedAt }: AdministratorChange): WriteAction {
  const { Update } = usersEntities(database)
    .administrators.build(UpdateTransaction)
    .item({ ...administratorsKey, schemaVersion: SCHEMA_VERSION, usernames: $add(new Set([username])), updatedAt })
    .params();

  return {
    write: { Update },
    onConditionFailed: () => {
      throw new Error('A write without a condition has failed on one.');
    },
  };
}

function removal(database: Database, { username, updatedAt }: AdministratorChange): WriteAction {
  const { Update } = usersEntities(database)
    .administrators.build(UpdateTransaction)
    .item({ ...administratorsKey, usernames: $delete(new Set([username])), updatedAt })
    .options({
      condition: {
        or: [
          { size: 'usernames', gt: 1 },
          // One who is named nowhere, as an earlier release made them, is not the only one.
          { and: [{ attr: 'usernames', exists: true }, { not: { attr: 'usernames', contains: username } }] },
        ],
      },
    })
    .params();

  return { write: { Update }, onConditionFailed: () => new userErrors.LastAdminError({}) };
}

/** Whether the item names that user. Costs 1 read unit. */
export async function isNamedAdministrator({ database, table }: UsersContext, username: string): Promise<boolean> {
  const item = await readItem(database, { tableName: table.tableName, key: { ...administratorsKey } });

  return item !== undefined && fromAdministratorsItem(item).usernames.includes(username);
}
