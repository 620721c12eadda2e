import type { UserDao } from '@cnop/dao-user';
import { type Role, userErrors } from '@cnop/entities-user';
import { sharedErrors } from '@cnop/exceptions';

/** A user created at startup, before anyone can register: the first administrator, the price feed. */
export interface FirstUser {
  readonly username: string;
  readonly password: string;
  readonly email: string;
  readonly role: Role;
  /** What the variables begin with that describe the user, if any do: `CNOP_ADMIN`. */
  readonly variables?: string;
}

/**
 * Registers those of the first users who do not exist yet. Those who exist keep their passwords.
 *
 * @throws UsernameTakenError when a user of another role has the name, EmailTakenError when another user has the address; of a user
 *   whom variables describe a ConfigurationError naming the one that is wrong.
 */
export async function ensureFirstUsers(users: UserDao, firstUsers: readonly FirstUser[]): Promise<void> {
  for (const { username, password, email, role, variables } of firstUsers) {
    try {
      await users.ensureUser({ username, password, email, firstName: username, lastName: role }, { role });
    } catch (cause) {
      const wrong = variables === undefined ? undefined : wrongSettingOf(cause, variables, role);
      throw wrong ? new sharedErrors.ConfigurationError({ settings: [wrong] }, { cause }) : cause;
    }
  }
}

function wrongSettingOf(error: unknown, variables: string, role: Role) {
  if (userErrors.UsernameTakenError.is(error)) {
    return { setting: `${variables}_USERNAME`, rule: `must not name an existing user of another role than ${role}` };
  }
  return userErrors.EmailTakenError.is(error)
    ? { setting: `${variables}_EMAIL`, rule: `must not be the address of another user than ${variables}_USERNAME` }
    : undefined;
}
