import { userErrors, type User } from '@cnop/entities-user';
import { fromUserItem } from '@cnop/entities-user/table';
import { ContentionError, isDomainError } from '@cnop/exceptions';
import { fullJitterDelay } from '@cnop/utils';
import { stampOf, writeProfile, type ProfileWrite } from './profile-write.ts';
import { readUser } from './read-user.ts';
import { endsSessions } from './update-user.ts';
import type { UsersContext } from './users-table.ts';

/** Suspends a user or lets her act again; see `UserDao.suspendUser` and `UserDao.reinstateUser`. */
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

/** Begins a new epoch of the user's sessions; see `SessionDao.revokeAllSessions`. */
export async function endAllSessions(context: UsersContext, username: string): Promise<void> {
  await changeProfile(context, username, () => ({
    operation: 'revokeAllSessions',
    changes: {},
    endsSessions: true,
  }));
}

type ProfileChange = Pick<ProfileWrite, 'operation' | 'changes' | 'endsSessions'>;

/**
 * Changes a profile as it stands; whoever comes in between makes it read again.
 *
 * The condition is the version and not what is changed: a status comes back, so a late attempt could undo somebody's later change.
 */
async function changeProfile(
  context: UsersContext,
  username: string,
  changeOf: (user: User) => ProfileChange | undefined,
): Promise<User> {
  const { retry, random, sleep } = context.database;

  for (let attempt = 1; ; attempt += 1) {
    const user = await readUser(context, username);
    const change = changeOf(user);
    if (!change) return user;

    try {
      const stamp = stampOf(context.database);
      const item = await writeProfile(context, { ...change, username, expectedVersion: user.version, stamp });
      return item ? fromUserItem(item) : await readUser(context, username);
    } catch (cause) {
      if (!isDomainError(cause) || cause.code !== 'VERSION_CONFLICT') throw cause;
      if (attempt >= retry.maxAttempts) throw new ContentionError({ attempts: attempt }, { cause });
    }
    await sleep(fullJitterDelay(attempt, retry, random));
  }
}
