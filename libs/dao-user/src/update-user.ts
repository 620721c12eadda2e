import { executeWrite, readItem, type RawItem, type TransactionAction } from '@cnop/database-core';
import type { User } from '@cnop/entities-user';
import { emailKey, fromUserItem, userKey } from '@cnop/entities-user/table';
import {
  OutcomeUnknownError,
  UserNotActiveError,
  UserNotFoundError,
  VersionConflictError,
  type DomainError,
} from '@cnop/exceptions';
import { DeleteTransaction } from 'dynamodb-toolbox/entity/actions/transactDelete';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $add, $remove } from 'dynamodb-toolbox/entity/actions/update/symbols';
import { claimEmailAction } from './create-user.ts';
import type { UserChange } from './user-inputs.ts';
import type { UsersContext, UsersTable } from './users-table.ts';

/** Changes a profile at a known version; see `UserDao.updateUser`. */
export async function updateUser(context: UsersContext, change: UserChange): Promise<User> {
  const { database, table } = context;
  const { username, expectedVersion, changes } = change;
  const before = await readUser(context, username);
  assertChangeable(before, change);

  const updatedAt = database.clock.now().toISOString();
  const writeId = database.ids.ulid();
  const { phone, dateOfBirth, ...others } = changes;
  const { Update } = table.profile
    .build(UpdateTransaction)
    .item({
      ...userKey(username),
      ...others,
      ...(phone !== undefined && { phone: phone ?? $remove() }),
      ...(dateOfBirth !== undefined && { dateOfBirth: dateOfBirth ?? $remove() }),
      updatedAt,
      version: $add(1),
      writeId,
    })
    .options({ condition: { attr: 'version', eq: expectedVersion } })
    .params();

  const { item } = await executeWrite(database, {
    operation: 'updateUser',
    reference: { username },
    guard: {
      write: { Update },
      writeId,
      onConditionFailed: (oldItem, earlierAttemptUnknown) =>
        versionRefusal({ username, expectedVersion, earlierAttemptUnknown }, oldItem),
    },
    actions: emailActions(table, before, { email: changes.email ?? before.email, updatedAt, writeId }),
  });
  return item ? fromUserItem(item) : changedUser(before, changes, updatedAt);
}

/** The user as stored. @throws UserNotFoundError. */
export async function readUser({ database, table }: UsersContext, username: string): Promise<User> {
  const item = await readItem(database, { tableName: table.tableName, key: { ...userKey(username) } });
  if (!item) throw new UserNotFoundError({ username });

  return fromUserItem(item);
}

/** What is read here holds at the write too: its condition is the version, and every change of a profile raises that. */
function assertChangeable({ username, version, status }: User, { expectedVersion, changes }: UserChange): void {
  if (version !== expectedVersion) {
    throw new VersionConflictError({ resource: 'user', expectedVersion, currentVersion: version });
  }
  if (status === 'DELETED' && changes.status !== undefined && changes.status !== status) {
    throw new UserNotActiveError({ username, status });
  }
}

/** A changed address is claimed and the old one given up, in the same transaction as the profile. */
function emailActions(
  table: UsersTable,
  { username, email: oldEmail }: User,
  { email, updatedAt, writeId }: { readonly email: string; readonly updatedAt: string; readonly writeId: string },
): TransactionAction[] {
  if (email === oldEmail) return [];
  const { Delete } = table.emailClaim
    .build(DeleteTransaction)
    .key({ ...emailKey(oldEmail) })
    .options({ condition: { attr: 'username', eq: username } })
    .params();

  return [
    claimEmailAction(table, { email, username, createdAt: updatedAt, writeId }),
    {
      write: { Delete },
      onConditionFailed: () => {
        throw new Error('The e-mail address of a profile is not claimed by its user.');
      },
    },
  ];
}

/** The user after a change: an absent field stays, `null` takes one away. */
function changedUser(before: User, changes: object, updatedAt: string): User {
  const given = Object.entries(changes).filter(([, value]: [string, unknown]) => value !== undefined);
  const user = { ...before, ...Object.fromEntries(given), updatedAt, version: before.version + 1 };

  return Object.fromEntries(Object.entries(user).filter(([, value]: [string, unknown]) => value !== null)) as User;
}

interface VersionedAttempt {
  readonly username: string;
  readonly expectedVersion: number;
  readonly earlierAttemptUnknown: boolean;
}

/** With an earlier attempt of unknown outcome, a version more than one ahead may hide that it took effect. */
function versionRefusal(
  { username, expectedVersion, earlierAttemptUnknown }: VersionedAttempt,
  oldItem: RawItem | undefined,
): DomainError {
  if (!oldItem) return new UserNotFoundError({ username });

  const { version } = fromUserItem(oldItem);
  return earlierAttemptUnknown && version > expectedVersion + 1
    ? new OutcomeUnknownError({ operation: 'updateUser', username })
    : new VersionConflictError({ resource: 'user', expectedVersion, currentVersion: version });
}
