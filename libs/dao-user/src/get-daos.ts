import type { Database } from '@cnop/database-core';
import { SessionDao } from './sessions/session-dao.ts';
import { UserDao } from './user-dao.ts';

/** The UserDao over a database, for injection. */
export const getUserDao = (database: Database): UserDao => new UserDao({ database });

/** The SessionDao over a database, for injection; with the default lifetimes and policy, and a slot key of this database alone. */
export const getSessionDao = (database: Database): SessionDao => new SessionDao({ database });
