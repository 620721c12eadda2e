import { createAccessCheck } from '@cnop/dao-user/access';
import { getSessionDao, getUserDao } from '@cnop/dao-user';
import type { Database } from '@cnop/database-core';

export async function logInAndOut(database: Database): Promise<void> {
  const [users, sessions] = [getUserDao(database), getSessionDao(database)];
  const person = { firstName: 'Alice', lastName: 'Liddell', email: 'alice@example.com' };
  const password = 'correct horse battery staple';
  await users.createUser({ ...person, username: 'Alice', password });

  const { user, sessionEpoch, sessionId } = await sessions.logIn({ username: 'alice', password, address: '192.0.2.1' });
  console.log(user.username); // alice

  const { username, role } = user;
  const access = createAccessCheck({ reader: users, cacheTtlMs: 0 });
  console.log(await access.isActive({ username, role, sessionEpoch, sessionId })); // true

  await users.suspendUser(username);
  console.log(await access.isActive({ username, role, sessionEpoch, sessionId })); // false
}
