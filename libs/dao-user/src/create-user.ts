import { executeWrite, putIfAbsent, type RawItem, type WriteAction } from '@cnop/database-core';
import { type User, type UserCreate, userErrors } from '@cnop/entities-user';
import { type EmailClaim, fromUserItem, toEmailClaimItem, toUserItem, userItemExtras } from '@cnop/entities-user/table';
import { type DomainError, sharedErrors } from '@cnop/exceptions';
import { requestHash } from '@cnop/utils';
import { administratorActions } from './administrators.ts';
import { type LoginContext, type LoginOrigin, originOfAddress } from './logins/login-policy.ts';
import { beginAttempt } from './logins/login-record.ts';
import { hashPassword, passwordMatches } from './passwords.ts';
import type { CreateUserOptions, UserResult } from './user-inputs.ts';
import type { UsersTable } from './users-table.ts';

/** Registers a user in one transaction. */
export async function createUser(
  context: LoginContext,
  create: UserCreate,
  { role = 'customer', idempotencyKey, address }: CreateUserOptions,
): Promise<UserResult> {
  const { database, table } = context;
  const { password, ...profile } = create;
  const { username, email } = profile;
  const passwordHash = await hashPassword(password);
  // After the wait for the hash, which many may want at once: ids and times are those of the write.
  const createdAt = database.clock.now().toISOString();
  const writeId = database.ids.ulid();
  const user: User = { ...profile, role, status: 'ACTIVE', createdAt, updatedAt: createdAt, version: 1 };
  // The password is left out of the fingerprint: an unsalted hash of it would undo the slow one.
  const createHash = requestHash('createUser', { ...profile, role });
  const keyed = idempotencyKey === undefined ? {} : { createKey: idempotencyKey, createHash };

  const outcome = await executeWrite(database, {
    operation: 'createUser',
    reference: { username },
    guard: {
      write: putIfAbsent(table.tableName, toUserItem(user, { passwordHash, writeId, ...keyed })),
      writeId,
      clientNamed: idempotencyKey !== undefined,
      onConditionFailed: (oldItem) => profileRefusal({ username, passwordHash, ...keyed }, oldItem),
    },
    actions: [
      claimEmailAction(table, { email, username, createdAt, writeId }),
      ...administratorActions(database, { username, after: user, updatedAt: createdAt }),
    ],
  });

  if (!outcome.replayed || !outcome.item) return { user, replayed: false };
  return await replay(context, outcome.item, { password, passwordHash, origin: originOfAddress(username, address) });
}

/** Takes an e-mail address that nobody else has. */
export function claimEmailAction({ tableName }: UsersTable, claim: EmailClaim): WriteAction {
  return {
    write: putIfAbsent(tableName, toEmailClaimItem(claim)),
    onConditionFailed: () => new userErrors.EmailTakenError({}),
  };
}

interface Registration {
  readonly username: string;
  /** Salted, so no other call has the same one. */
  readonly passwordHash: string;
  readonly createKey?: string;
  readonly createHash?: string;
}

/** A profile that exists already is a repeat of the same request, or this call's own and changed since; else the name is taken. */
function profileRefusal(
  { username, passwordHash, createKey, createHash }: Registration,
  oldItem: RawItem | undefined,
): DomainError | undefined {
  if (!oldItem) throw new Error('An absent profile cannot block a put.');

  const stored = userItemExtras(oldItem);
  if (stored.passwordHash === passwordHash) return undefined;
  if (createKey === undefined || stored.createKey !== createKey) return new userErrors.UsernameTakenError({ username });
  return stored.createHash === createHash ? undefined : new sharedErrors.IdempotencyKeyReusedError({});
}

interface Repeat {
  readonly password: string;
  readonly passwordHash: string;
  readonly origin: LoginOrigin;
}

/**
 * A repeat must bring the same password too; the stored hash tells. It counts as an attempt to log in, so that who knows key and body of a
 * registration can try no more passwords here than there.
 */
async function replay(
  context: LoginContext,
  item: RawItem,
  { password, passwordHash, origin }: Repeat,
): Promise<UserResult> {
  const user = fromUserItem(item);
  const stored = userItemExtras(item).passwordHash;
  if (stored === passwordHash) return { user, replayed: false };

  const attempt = await beginAttempt(context, user.username, origin);
  if (!(await passwordMatches(stored, password))) {
    await attempt.fail();
    throw new sharedErrors.IdempotencyKeyReusedError({});
  }
  await attempt.succeed();
  return { user, replayed: true };
}
