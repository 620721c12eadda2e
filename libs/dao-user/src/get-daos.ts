import type { Database } from '@cnop/database-core';
import { BalanceDao } from './balance-dao.ts';
import { SessionDao } from './sessions/session-dao.ts';
import { UserDao } from './user-dao.ts';

const userDaos = new WeakMap<Database, UserDao>();
const balanceDaos = new WeakMap<Database, BalanceDao>();
const sessionDaos = new WeakMap<Database, SessionDao>();

/** The one UserDao of a database, for injection. */
export function getUserDao(database: Database): UserDao {
  const dao = userDaos.get(database) ?? new UserDao({ database });

  userDaos.set(database, dao);
  return dao;
}

/** The one BalanceDao of a database, for injection; with every ISO 4217 currency registered. */
export function getBalanceDao(database: Database): BalanceDao {
  const dao = balanceDaos.get(database) ?? new BalanceDao({ database });

  balanceDaos.set(database, dao);
  return dao;
}

/** The one SessionDao of a database, for injection; with the default lifetimes and policy, and a slot key of this process alone. */
export function getSessionDao(database: Database): SessionDao {
  const dao = sessionDaos.get(database) ?? new SessionDao({ database });

  sessionDaos.set(database, dao);
  return dao;
}
