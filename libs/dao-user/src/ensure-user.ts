import { readItem } from '@cnop/database-core';
import { type User, type UserCreate, userErrors } from '@cnop/entities-user';
import { fromUserItem, userKey } from '@cnop/entities-user/table';
import { administratorActions, isAdministrator, isNamedAdministrator } from './administrators.ts';
import { createUser } from './create-user.ts';
import type { LoginContext } from './logins/login-policy.ts';
import { changeProfile } from './update-user.ts';
import type { CreateUserOptions, EnsuredUser } from './user-inputs.ts';
import { readUser, type UsersContext } from './users-table.ts';

/** Registers a user unless there is one of that name. */
export async function ensureUser(
  context: LoginContext,
  create: UserCreate,
  { role = 'customer' }: Pick<CreateUserOptions, 'role'>,
): Promise<EnsuredUser> {
  const { username } = create;
  const item = await readItem(context.database, {
    tableName: context.table.tableName,
    key: userKey(username),
  });
  if (item) return { user: await nameAdministrator(context, assertRole(fromUserItem(item), role)), created: false };

  try {
    const { user } = await createUser(context, create, { role });
    return { user, created: true };
  } catch (error) {
    if (!userErrors.UsernameTakenError.is(error)) throw error;

    // Another process was first.
    return { user: assertRole(await readUser(context, username), role), created: false };
  }
}

/** Names an administrator among the active ones whom an earlier release, which kept no such item, has made. */
async function nameAdministrator(context: UsersContext, user: User): Promise<User> {
  const { username } = user;
  if (!isAdministrator(user) || (await isNamedAdministrator(context, username))) return user;

  return await changeProfile(context, username, (stored, { updatedAt }) => {
    const actions = administratorActions(context.database, { username, after: stored, updatedAt });

    return actions.length === 0
      ? undefined
      : { operation: 'nameAdministrator', changes: {}, endsSessions: false, actions };
  });
}

/** A stranger who has taken the name is not made an administrator. */
function assertRole(user: User, role: User['role']): User {
  if (user.role !== role) throw new userErrors.UsernameTakenError({ username: user.username });

  return user;
}
