import { changeAsItStands, type WriteAction } from '@cnop/database-core';
import { type User, userErrors, type UserStatus } from '@cnop/entities-user';
import { emailKey, fromUserItem } from '@cnop/entities-user/table';
import { sharedErrors } from '@cnop/exceptions';
import { DeleteTransaction } from 'dynamodb-toolbox/entity/actions/transactDelete';
import { claimEmailAction } from './create-user.ts';
import { type ProfileWrite, stampOf, writeProfile, type WriteStamp } from './profile-write.ts';
import type { UserChange } from './user-inputs.ts';
import { usersEntities } from './users-entities.ts';
import { readUser, type UsersContext } from './users-table.ts';

/** Changes a profile at the version that the change names, or as it stands. */
export async function updateUser(context: UsersContext, change: UserChange): Promise<User> {
  const update = () => updateAtVersion(context, change);

  return await (change.expectedVersion === undefined ? changeAsItStands(context.database, update) : update());
}

async function updateAtVersion(context: UsersContext, change: UserChange): Promise<User> {
  const { username, changes } = change;
  const before = await readUser(context, username);
  const expectedVersion = change.expectedVersion ?? before.version;
  assertChangeable(before, { expectedVersion, changes });

  const stamp = stampOf(context.database);
  const item = await writeProfile(context, {
    operation: 'updateUser',
    before,
    changes,
    endsSessions: endsSessions(changes.status),
    stamp,
    actions: emailActions(context, before, { email: changes.email ?? before.email, stamp }),
  });
  return item ? fromUserItem(item) : changedUser(before, changes, stamp.updatedAt);
}

/** Whether a user who gets this status is logged out everywhere. */
const endsSessions = (status: UserStatus | undefined): boolean => status !== undefined && status !== 'ACTIVE';

interface Expected extends Pick<ProfileWrite, 'changes'> {
  readonly expectedVersion: number;
}

/** What is read here holds at the write too: its condition is the version, and every change of a profile raises that. */
function assertChangeable({ username, version, status }: User, { expectedVersion, changes }: Expected): void {
  if (version !== expectedVersion) {
    throw new sharedErrors.VersionConflictError({ resource: 'user', expectedVersion, currentVersion: version });
  }
  if (status === 'DELETED' && changes.status !== undefined && changes.status !== status) {
    throw new userErrors.UserNotActiveError({ username, status });
  }
}

/** A changed address is claimed and the old one given up, in the same transaction as the profile. */
function emailActions(
  { database, table }: UsersContext,
  { username, email: oldEmail }: User,
  { email, stamp }: { readonly email: string; readonly stamp: WriteStamp },
): WriteAction[] {
  if (email === oldEmail) return [];
  const { Delete } = usersEntities(database)
    .emailClaim.build(DeleteTransaction)
    .key({ ...emailKey(oldEmail) })
    .options({ condition: { attr: 'username', eq: username } })
    .params();

  return [
    claimEmailAction(table, { email, username, createdAt: stamp.updatedAt, writeId: stamp.writeId }),
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

/** Suspends a user or lets them act again. */
export async function setUserStatus(
  context: UsersContext,
  username: string,
  status: 'ACTIVE' | 'SUSPENDED',
): Promise<User> {
  return await changeProfile(context, username, (user) => {
    if (user.status === 'DELETED') throw new userErrors.UserNotActiveError({ username, status: user.status });
    if (user.status === status) return undefined;

    return { operation: 'setUserStatus', changes: { status }, endsSessions: endsSessions(status) };
  });
}

/** Begins a new epoch of the user's sessions. */
export async function endAllSessions(context: UsersContext, username: string): Promise<void> {
  await changeProfile(context, username, () => ({
    operation: 'revokeAllSessions',
    changes: {},
    endsSessions: true,
  }));
}

type ProfileChange = Pick<ProfileWrite, 'operation' | 'changes' | 'endsSessions' | 'actions'>;

/**
 * Changes a profile as it stands; whoever comes in between makes it read again.
 *
 * The condition is the version and not what is changed: a status comes back, so a late attempt could undo another caller's later change.
 */
export async function changeProfile(
  context: UsersContext,
  username: string,
  changeOf: (user: User, stamp: WriteStamp) => ProfileChange | undefined,
): Promise<User> {
  return await changeAsItStands(context.database, async () => {
    const user = await readUser(context, username);
    const stamp = stampOf(context.database);
    const change = changeOf(user, stamp);
    if (!change) return user;

    const item = await writeProfile(context, { ...change, before: user, stamp });
    return item ? fromUserItem(item) : await readUser(context, username);
  });
}
