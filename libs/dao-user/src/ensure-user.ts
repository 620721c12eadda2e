import { readItem } from '@cnop/database-core';
import { userErrors, type User, type UserCreate } from '@cnop/entities-user';
import { fromUserItem, userKey } from '@cnop/entities-user/table';
import { createUser, type CreateUserOptions } from './create-user.ts';
import { readUser } from './read-user.ts';
import type { UsersContext } from './users-table.ts';

/** A user who is there, and whether this call registered her. */
export interface EnsuredUser {
  readonly user: User;
  readonly created: boolean;
}

/** Registers a user unless there is one of that name; see `UserDao.ensureUser`. */
export async function ensureUser(
  context: UsersContext,
  create: UserCreate,
  { role = 'customer' }: Pick<CreateUserOptions, 'role'>,
): Promise<EnsuredUser> {
  const { username } = create;
  const item = await readItem(context.database, {
    tableName: context.table.tableName,
    key: userKey(username),
  });
  if (item) return { user: assertRole(fromUserItem(item), role), created: false };

  try {
    const { user } = await createUser(context, create, { role });
    return { user, created: true };
  } catch (error) {
    if (!userErrors.UsernameTakenError.is(error)) throw error;

    // Another process was first.
    return { user: assertRole(await readUser(context, username), role), created: false };
  }
}

/** A stranger who has taken the name is not made an administrator. */
function assertRole(user: User, role: User['role']): User {
  if (user.role !== role) throw new userErrors.UsernameTakenError({ username: user.username });

  return user;
}
