import type { UserDao } from '@cnop/dao-user';
import type { Role } from '@cnop/entities-user';

/** A user created at startup, before anyone can register: the first administrator, the price feed. */
export interface FirstUser {
  readonly username: string;
  readonly password: string;
  readonly email: string;
  readonly role: Role;
}

/**
 * Registers those of the first users who do not exist yet. Those who exist keep their passwords.
 *
 * @throws UsernameTakenError when a user of another role has the name.
 */
export async function ensureFirstUsers(users: UserDao, firstUsers: readonly FirstUser[]): Promise<void> {
  for (const { username, password, email, role } of firstUsers) {
    await users.ensureUser({ username, password, email, firstName: username, lastName: role }, { role });
  }
}
