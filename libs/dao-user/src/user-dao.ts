import { type Database, readItem } from '@cnop/database-core';
import {
  roleSchema,
  type User,
  type UserAccess,
  type UserCreate,
  userCreateSchema,
  userErrors,
} from '@cnop/entities-user';
import { emailKey, fromEmailClaimItem, fromUserItem, userItemExtras, userKey } from '@cnop/entities-user/table';
import type { Clock } from '@cnop/utils';
import { emailSchema, idempotencyKeySchema, parseInput, usernameSchema } from '@cnop/validation';
import * as z from 'zod';
import { getAccessReader } from './access.ts';
import { createUser } from './create-user.ts';
import { ensureUser } from './ensure-user.ts';
import { type LoginContext, type LoginOptions, loginSettings } from './logins/login-policy.ts';
import { changePassword, decoyHash, passwordMatches } from './passwords.ts';
import { setUserStatus, updateUser } from './update-user.ts';
import {
  type CreateUserOptions,
  type EnsuredUser,
  type PasswordChange,
  passwordChangeSchema,
  type UserChange,
  userChangeSchema,
  type UserResult,
} from './user-inputs.ts';
import { openUsersTable, readUser } from './users-table.ts';

/** What a {@link UserDao} works with. */
export interface UserDaoOptions {
  readonly database: Database;
  /** How attempts to change a password are judged. */
  readonly logins?: LoginOptions;
}

const credentialsSchema = z.strictObject({ username: z.string(), password: z.string() });

/** What proves who someone is. */
export type Credentials = Readonly<z.input<typeof credentialsSchema>>;

const createOptionsSchema = z.strictObject({
  role: roleSchema.optional(),
  idempotencyKey: idempotencyKeySchema.optional(),
  address: z.string().optional(),
});

/** Users and their e-mail addresses. Reads are strongly consistent; names are looked up in lower case. */
export class UserDao {
  readonly #context: LoginContext;

  constructor({ database, logins }: UserDaoOptions) {
    this.#context = { database, table: openUsersTable(database), ...loginSettings(database, logins) };
  }

  /** The clock of its database. */
  get clock(): Clock {
    return this.#context.database.clock;
  }

  /**
   * Registers a user: profile and e-mail claim in one transaction, so that both name and address are unique under any race. The
   * password is kept as an argon2id hash only. Costs 4 write units; 6 for an administrator, who is named among the active ones.
   *
   * With an `idempotencyKey` a repeat with the same body returns `replayed: true`. It counts as an attempt to log in from `address`, and
   * costs 3 read units and 2 write units.
   *
   * @throws LoginDelayedError, ContentionError for a repeat; UsernameTakenError, EmailTakenError, IdempotencyKeyReusedError, ValidationError, OutcomeUnknownError.
   */
  async createUser(create: z.input<typeof userCreateSchema>, options: CreateUserOptions = {}): Promise<UserResult> {
    const input: UserCreate = parseInput(userCreateSchema, create);

    return await createUser(this.#context, input, parseInput(createOptionsSchema, options));
  }

  /**
   * Registers a user unless there is one of that name and role, whom it leaves unchanged, password and all: for those that a
   * deployment cannot begin without. Any number of processes may call this at once. Costs 1 read unit, 2 for an administrator,
   * and what {@link createUser} costs the first time.
   *
   * @throws UsernameTakenError when the name is that of a user with another role; EmailTakenError, ValidationError,
   *   OutcomeUnknownError.
   */
  async ensureUser(
    create: z.input<typeof userCreateSchema>,
    options: Pick<CreateUserOptions, 'role'> = {},
  ): Promise<EnsuredUser> {
    const input: UserCreate = parseInput(userCreateSchema, create);

    return await ensureUser(this.#context, input, parseInput(createOptionsSchema, options));
  }

  /**
   * The user of that name. Costs 1 read unit.
   *
   * @throws UserNotFoundError.
   */
  async getUserByUsername(username: string): Promise<User> {
    return await readUser(this.#context, parseInput(usernameSchema, username));
  }

  /** The user with that e-mail address, if there is one. Costs 2 read units. */
  async findUserByEmail(email: string): Promise<User | undefined> {
    const address = parseInput(emailSchema, email);
    const claim = await this.#read(emailKey(address));
    const profile = claim && (await this.#read(userKey(fromEmailClaimItem(claim).username)));
    const user = profile && fromUserItem(profile);

    // The address may have been given up between the two reads.
    return user?.email === address ? user : undefined;
  }

  /**
   * What decides whether a user may act; `undefined` when there is no such user. Reads these attributes only: no more need be
   * permitted. Where a session is named, it also says whether that has ended. Costs 1 read unit, 2 with a session; see `createAccessCheck` of `@cnop/dao-user/access` for less.
   *
   * @throws ValidationError.
   */
  async findAccess(username: string, sessionId?: string): Promise<UserAccess | undefined> {
    return await getAccessReader(this.#context.database).findAccess(username, sessionId);
  }

  /**
   * Changes a profile, role or status if it still has the `expectedVersion` that was read; without one, as it stands: a change by others
   * in between is read again, with capped full jitter. A new e-mail address is claimed and the old one
   * given up in the same transaction; whoever is suspended or deleted is logged out everywhere in the same write. Costs 1 read unit and 1 write unit; 6 write units with a new address.
   *
   * @throws UserNotFoundError, EmailTakenError, ValidationError; VersionConflictError at a named version, ContentionError without one;
   *   UserNotActiveError when a deleted user is to get another status; LastAdminError when nobody else would administer; OutcomeUnknownError, after which the profile's version tells.
   */
  async updateUser(change: UserChange): Promise<User> {
    return await updateUser(this.#context, parseInput(userChangeSchema, change));
  }

  /**
   * Suspends a user, who is logged out everywhere in the same write. Who is suspended stays so. Costs 1 read unit, and 1 write unit
   * if it changes anything. A change by others in between is read again, with capped full jitter.
   *
   * The last active administrator stays one, whichever administrators are suspended at once; to change one costs 4 write units.
   *
   * @throws LastAdminError; UserNotFoundError, UserNotActiveError for a deleted user, ContentionError, ValidationError,
   *   OutcomeUnknownError.
   */
  async suspendUser(username: string): Promise<User> {
    return await setUserStatus(this.#context, parseInput(usernameSchema, username), 'SUSPENDED');
  }

  /**
   * Lets a suspended user act again, once they have logged in. Who is active stays so. Costs what {@link suspendUser} does.
   *
   * @throws UserNotFoundError, UserNotActiveError for a deleted user, ContentionError, ValidationError, OutcomeUnknownError.
   */
  async reinstateUser(username: string): Promise<User> {
    return await setUserStatus(this.#context, parseInput(usernameSchema, username), 'ACTIVE');
  }

  /**
   * Replaces the password of a user who knows it, and logs them out everywhere in the same write. Wrong passwords slow down later
   * attempts, apart from those to log in. Costs 3 read units, and 3 write units: the attempt, its success, and the profile.
   *
   * There is no replay: the first call ends the session that a repeat would need, and the new password tells.
   *
   * @throws InvalidCredentialsError for an unknown user and a wrong password alike; LoginDelayedError; VersionConflictError when
   *   another change of the password came first; UserNotActiveError, ContentionError, ValidationError, OutcomeUnknownError.
   */
  async changePassword(change: PasswordChange): Promise<User> {
    return await changePassword(this.#context, parseInput(passwordChangeSchema, change));
  }

  /**
   * The user, if the password is theirs. An unknown user, a deleted one and a wrong password get the same answer after the same
   * work. Counts no attempts, so it belongs behind what does: see `SessionDao.logIn`. Costs 1 read unit.
   *
   * @throws {@link userErrors.InvalidCredentialsError}; {@link userErrors.UserNotActiveError} for a suspended user with the right password; ValidationError
   *   when either is no text.
   */
  async verifyPassword(credentials: Credentials): Promise<User> {
    const { username, password } = parseInput(credentialsSchema, credentials);
    const name = usernameSchema.safeParse(username);
    const item = await this.#read(userKey(name.success ? name.data : nobody));
    const matches = await passwordMatches(item ? userItemExtras(item).passwordHash : decoyHash, password);
    const user = item && fromUserItem(item);

    if (!matches || !user || user.status === 'DELETED') throw new userErrors.InvalidCredentialsError({});
    if (user.status === 'SUSPENDED')
      throw new userErrors.UserNotActiveError({ username: user.username, status: user.status });
    return user;
  }

  async #read(key: { readonly pk: string; readonly sk: string }) {
    return await readItem(this.#context.database, { tableName: this.#context.table.tableName, key: { ...key } });
  }
}

/** No user can have this name: its alphabet does not hold it. */
const nobody = '#';
