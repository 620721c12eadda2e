import { randomUUID } from 'node:crypto';
import { getUserDao } from '@cnop/dao-user';
import type { Database } from '@cnop/database-core';

/** Registers someone who trades, under a password that nobody knows. */
export async function registerUser(
  database: Database,
  { owner, name }: { readonly owner: string; readonly name: string },
): Promise<void> {
  await getUserDao(database).createUser({
    username: owner,
    email: `${owner}@example.com`,
    password: randomUUID(),
    firstName: owner,
    lastName: name,
  });
}
