import { executeWrite, type RawItem } from '@cnop/database-core';
import { type User, userErrors } from '@cnop/entities-user';
import { fromUserItem, userItemExtras, userKey } from '@cnop/entities-user/table';
import { type DomainError, sharedErrors } from '@cnop/exceptions';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $add } from 'dynamodb-toolbox/entity/actions/update/symbols';
import { type LoginContext, originOfSession, type LoginOrigin } from './logins/login-policy.ts';
import { beginAttempt } from './logins/login-record.ts';
import { stampOf } from './profile-write.ts';
import type { PasswordChange } from './user-inputs.ts';
import { usersEntities } from './users-entities.ts';
import type { UsersContext } from './users-table.ts';

/**
 * The cost of a password hash: argon2id with 19 MiB, two passes, one lane.
 *
 * @see {@link https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html}
 */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The native module, loaded by the first password: what hashes none never loads it. */
const argon2 = async () => (await import('@node-rs/argon2')).default;

/**
 * Hashes a password with argon2id and a fresh salt, in Unicode's form NFC: keyboards differ in how they compose an accent.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8265#section-4.2.2}
 */
export const hashPassword = async (password: string): Promise<string> =>
  await (await argon2()).hash(password.normalize('NFC'), cost);

/** Whether the password is the one that was hashed: in NFC, or, by an earlier release, as it was typed. */
export async function passwordMatches(passwordHash: string, password: string): Promise<boolean> {
  const { verify } = await argon2();
  const normalized = password.normalize('NFC');
  if (await verify(passwordHash, normalized)) return true;

  return normalized !== password && (await verify(passwordHash, password));
}

/**
 * A hash that no password is known for, of the same cost: verified against where there is no user, so that the work is the same
 * from the first call on.
 */
export const decoyHash =
  `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}` +
  `$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** A password for a name, and where it comes from. */
export interface PasswordAttempt {
  readonly name: string;
  readonly password: string;
  readonly origin: LoginOrigin;
}

/**
 * The profile whose password it is, the attempt counted before the password is looked at. Who is deleted has none.
 *
 * @throws InvalidCredentialsError, LoginDelayedError, ContentionError.
 */
export async function checkPassword(
  context: LoginContext,
  { name, password, origin }: PasswordAttempt,
): Promise<RawItem> {
  const attempt = await beginAttempt(context, name, origin);
  const { profile } = attempt;
  const matches = await passwordMatches(profile ? userItemExtras(profile).passwordHash : decoyHash, password);
  if (!matches || !profile || fromUserItem(profile).status === 'DELETED') {
    await attempt.fail();
    throw new userErrors.InvalidCredentialsError({});
  }

  await attempt.succeed();
  return profile;
}

/** Replaces a password by a new one. */
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
  { database }: UsersContext,
  before: User,
  { verifiedHash, passwordHash }: Hashes,
): Promise<User> {
  const { username, version } = before;
  const { updatedAt, writeId } = stampOf(database);
  const { Update } = usersEntities(database)
    .profile.build(UpdateTransaction)
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
    ? new sharedErrors.OutcomeUnknownError({ operation: 'changePassword', username })
    : new sharedErrors.VersionConflictError({ resource: 'user', expectedVersion, currentVersion: version });
}
