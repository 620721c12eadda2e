import { executeWrite, type Database, type RawItem, type TransactionAction } from '@cnop/database-core';
import type { Role, User, UserCreate } from '@cnop/entities-user';
import { fromUserItem, toEmailClaimItem, toUserItem, userItemExtras, type EmailClaim } from '@cnop/entities-user/table';
import { EmailTakenError, IdempotencyKeyReusedError, UsernameTakenError } from '@cnop/exceptions';
import { requestHash } from '@cnop/utils';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { hashPassword, passwordMatches } from './password-hash.ts';
import { absent, type UsersTable } from './users-table.ts';

/** A user, and whether an earlier request with the same idempotency key had made it. */
export interface UserResult {
  readonly user: User;
  readonly replayed: boolean;
}

/** What a registration may carry besides what the user says of herself. */
export interface CreateUserOptions {
  /** Default `customer`. */
  readonly role?: Role;
  readonly idempotencyKey?: string;
}

/** Where users are written. */
export interface UserContext {
  readonly database: Database;
  readonly table: UsersTable;
}

/** Registers a user in one transaction; see `UserDao.createUser`. */
export async function createUser(
  { database, table }: UserContext,
  create: UserCreate,
  { role = 'customer', idempotencyKey }: CreateUserOptions,
): Promise<UserResult> {
  const { password, ...profile } = create;
  const { username, email } = profile;
  const createdAt = database.clock.now().toISOString();
  const writeId = database.ids.ulid();
  const user: User = { ...profile, role, status: 'ACTIVE', createdAt, updatedAt: createdAt, version: 1 };
  // The password is left out of the fingerprint: an unsalted hash of it would undo the slow one.
  const createHash = requestHash('createUser', { ...profile, role });
  const keyed = idempotencyKey === undefined ? {} : { createKey: idempotencyKey, createHash };
  const { Put } = table.profile
    .build(PutTransaction)
    .item(toUserItem(user, { passwordHash: await hashPassword(password), writeId, ...keyed }))
    .options({ condition: absent })
    .params();

  const outcome = await executeWrite(database, {
    operation: 'createUser',
    reference: { username },
    guard: {
      write: { Put },
      writeId,
      clientNamed: idempotencyKey !== undefined,
      onConditionFailed: (oldItem) =>
        oldItem && idempotencyKey !== undefined && userItemExtras(oldItem).createKey === idempotencyKey
          ? keyReuse(oldItem, createHash)
          : new UsernameTakenError({ username }),
    },
    actions: [claimEmailAction(table, { email, username, createdAt, writeId })],
  });

  return outcome.replayed && outcome.item ? await replay(outcome.item, password) : { user, replayed: false };
}

/** Takes an e-mail address that nobody else has. */
export function claimEmailAction({ emailClaim }: UsersTable, claim: EmailClaim): TransactionAction {
  const { Put } = emailClaim
    .build(PutTransaction)
    .item(toEmailClaimItem(claim))
    .options({ condition: absent })
    .params();

  return { write: { Put }, onConditionFailed: () => new EmailTakenError({}) };
}

function keyReuse(oldItem: RawItem, createHash: string): IdempotencyKeyReusedError | undefined {
  return userItemExtras(oldItem).createHash === createHash ? undefined : new IdempotencyKeyReusedError({});
}

/** A repeat must bring the same password too; the stored hash tells. */
async function replay(item: RawItem, password: string): Promise<UserResult> {
  if (!(await passwordMatches(userItemExtras(item).passwordHash, password))) throw new IdempotencyKeyReusedError({});

  return { user: fromUserItem(item), replayed: true };
}
