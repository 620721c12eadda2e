import { executeWrite, type RawItem } from '@cnop/database-core';
import { userErrors, type User } from '@cnop/entities-user';
import { fromUserItem, userItemExtras, userKey } from '@cnop/entities-user/table';
import { OutcomeUnknownError, VersionConflictError, type DomainError } from '@cnop/exceptions';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $add } from 'dynamodb-toolbox/entity/actions/update/symbols';
import { checkPassword } from './logins/check-password.ts';
import type { LoginContext } from './logins/login-context.ts';
import { originOfSession } from './logins/login-source.ts';
import { hashPassword } from './password-hash.ts';
import { stampOf } from './profile-write.ts';
import type { PasswordChange } from './user-inputs.ts';
import type { UsersContext } from './users-table.ts';

/** Replaces a password by a new one; see `UserDao.changePassword`. */
export async function changePassword(
  context: LoginContext,
  { username, currentPassword, newPassword }: PasswordChange,
): Promise<User> {
  const profile = await checkPassword(context, {
    name: username,
    password: currentPassword,
    origin: originOfSession(username),
  });
  const before = fromUserItem(profile);
  if (before.status !== 'ACTIVE') throw new userErrors.UserNotActiveError({ username, status: before.status });

  const passwordHash = await hashPassword(newPassword);
  return await replaceHash(context, before, { verifiedHash: userItemExtras(profile).passwordHash, passwordHash });
}

interface Hashes {
  /** The one that the current password was checked against. */
  readonly verifiedHash: string;
  /** Salted, so no other call has the same one. */
  readonly passwordHash: string;
}

/** The condition is the hash that was verified: hashes are salted, so none ever comes back. */
async function replaceHash(
  { database, table }: UsersContext,
  before: User,
  { verifiedHash, passwordHash }: Hashes,
): Promise<User> {
  const { username, version } = before;
  const { updatedAt, writeId } = stampOf(database);
  const { Update } = table.profile
    .build(UpdateTransaction)
    .item({ ...userKey(username), passwordHash, sessionEpoch: $add(1), updatedAt, version: $add(1), writeId })
    .options({ condition: { attr: 'passwordHash', eq: verifiedHash } })
    .params();

  const { item } = await executeWrite(database, {
    operation: 'changePassword',
    reference: { username },
    guard: {
      write: { Update },
      writeId,
      onConditionFailed: (oldItem, earlierAttemptUnknown) =>
        passwordRefusal({ passwordHash, version }, oldItem, earlierAttemptUnknown),
    },
  });
  return item ? fromUserItem(item) : { ...before, updatedAt, version: version + 1 };
}

/** Another change of the password came first; after an attempt of unknown outcome it may have been this call's own that came before. */
function passwordRefusal(
  { passwordHash, version: expectedVersion }: { readonly passwordHash: string; readonly version: number },
  oldItem: RawItem | undefined,
  earlierAttemptUnknown: boolean,
): DomainError | undefined {
  if (!oldItem) throw new Error('A profile has vanished.');
  if (userItemExtras(oldItem).passwordHash === passwordHash) return undefined;

  const { username, version } = fromUserItem(oldItem);
  return earlierAttemptUnknown
    ? new OutcomeUnknownError({ operation: 'changePassword', username })
    : new VersionConflictError({ resource: 'user', expectedVersion, currentVersion: version });
}
