import { readItem, type Database } from '@cnop/database-core';
import { roleSchema, userCreateSchema, type User, type UserCreate } from '@cnop/entities-user';
import { emailKey, fromEmailClaimItem, fromUserItem, userItemExtras, userKey } from '@cnop/entities-user/table';
import { InvalidCredentialsError, UserNotActiveError } from '@cnop/exceptions';
import { emailSchema, idempotencyKeySchema, parseInput, usernameSchema } from '@cnop/validation';
import { z } from 'zod';
import { createUser, type CreateUserOptions, type UserResult } from './create-user.ts';
import { decoyHash, passwordMatches } from './password-hash.ts';
import { readUser, updateUser } from './update-user.ts';
import { userChangeSchema, type UserChange } from './user-inputs.ts';
import { openUsersTable, type UsersContext } from './users-table.ts';

/** What a {@link UserDao} works with. */
export interface UserDaoOptions {
  readonly database: Database;
}

const credentialsSchema = z.strictObject({ username: z.string(), password: z.string() });

/** What proves who someone is. */
export type Credentials = Readonly<z.input<typeof credentialsSchema>>;

const createOptionsSchema = z.strictObject({
  role: roleSchema.optional(),
  idempotencyKey: idempotencyKeySchema.optional(),
});

/** Users and their e-mail addresses. Reads are strongly consistent; names are looked up in lower case. */
export class UserDao {
  readonly #context: UsersContext;

  constructor({ database }: UserDaoOptions) {
    this.#context = { database, table: openUsersTable(database) };
  }

  /**
   * Registers a user: profile and e-mail claim in one transaction, so that both name and address are unique under any race. The
   * password is kept as an argon2id hash only. Costs 4 write units.
   *
   * With an `idempotencyKey` a repeat with the same body answers `replayed: true`.
   *
   * @throws UsernameTakenError, EmailTakenError, IdempotencyKeyReusedError, ValidationError, OutcomeUnknownError.
   */
  async createUser(create: z.input<typeof userCreateSchema>, options: CreateUserOptions = {}): Promise<UserResult> {
    const input: UserCreate = parseInput(userCreateSchema, create);

    return await createUser(this.#context, input, parseInput(createOptionsSchema, options));
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
   * Changes a profile, role or status if it still has the version that was read. A new e-mail address is claimed and the old one
   * given up in the same transaction. Costs 1 read unit and 1 write unit; 6 write units with a new address.
   *
   * @throws UserNotFoundError, VersionConflictError, EmailTakenError, ValidationError; UserNotActiveError when a deleted user is to
   *   get another status; OutcomeUnknownError, after which the profile's version tells.
   */
  async updateUser(change: UserChange): Promise<User> {
    return await updateUser(this.#context, parseInput(userChangeSchema, change));
  }

  /**
   * The user, if the password is hers. An unknown user, a deleted one and a wrong password get the same answer after the same
   * work. Costs 1 read unit.
   *
   * @throws {@link InvalidCredentialsError}; {@link UserNotActiveError} for a suspended user with the right password; ValidationError
   *   when either is no text.
   */
  async verifyPassword(credentials: Credentials): Promise<User> {
    const { username, password } = parseInput(credentialsSchema, credentials);
    const name = usernameSchema.safeParse(username);
    const item = await this.#read(userKey(name.success ? name.data : nobody));
    const matches = await passwordMatches(item ? userItemExtras(item).passwordHash : decoyHash, password);
    const user = item && fromUserItem(item);

    if (!matches || !user || user.status === 'DELETED') throw new InvalidCredentialsError({});
    if (user.status === 'SUSPENDED') throw new UserNotActiveError({ username: user.username, status: user.status });
    return user;
  }

  async #read(key: { readonly pk: string; readonly sk: string }) {
    return await readItem(this.#context.database, { tableName: this.#context.table.tableName, key: { ...key } });
  }
}

/** No user can have this name: its alphabet does not hold it. */
const nobody = '#';
