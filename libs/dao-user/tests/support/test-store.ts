import { createDatabase, ensureTables, type Database, type SingleWrites } from '@cnop/database-core';
import type { User, UserCreate } from '@cnop/entities-user';
import { usersTableShape } from '@cnop/entities-user/shape';
import { makeUserCreate } from '@cnop/entities-user/testing';
import {
  createFaultInjector,
  everyCall,
  forgetToken,
  type FaultInjector,
  isolatedTables,
  testConnection,
  withoutStreams,
} from '@cnop/testing';
import type { Clock } from '@cnop/utils';
import { SessionDao, UserDao, type CreateUserOptions, type SessionDaoOptions } from '../../src/index.ts';

/** The DAOs on a users table of the test file's own. */
export interface TestStore {
  readonly database: Database;
  readonly users: UserDao;
  readonly sessions: SessionDao;
  /** Everyone that {@link TestStore.register} made. */
  readonly usernames: string[];
  /** The same DAOs over a connection of its own, whose requests fail by script; it never waits between attempts. */
  faulty(options?: FaultyStoreOptions): FaultyStore;
  /** A registration under a name and an address that nobody has. */
  freshUser(overrides?: Partial<UserCreate>): UserCreate;
  register(overrides?: Partial<UserCreate>, options?: CreateUserOptions): Promise<User>;
}

export interface FaultyStoreOptions {
  /** Default 4. */
  readonly maxAttempts?: number;
  /** Whether DynamoDB knows a resent transaction by its token. Default: no, so that only the data can tell. */
  readonly remembersTokens?: boolean;
  /** Default: that of the machine. */
  readonly clock?: Clock;
  /** Default `plain`. */
  readonly singleWrites?: SingleWrites;
  readonly sessionOptions?: Omit<SessionDaoOptions, 'database'>;
}

export interface FaultyStore {
  readonly http: FaultInjector;
  readonly users: UserDao;
  readonly sessions: SessionDao;
  readonly database: Database;
}

/** A DynamoDB that knows no transaction by its token again. */
const forgetful = () => createFaultInjector({ plan: everyCall(forgetToken()) });

/** Opens a store before the tests of the file, and closes it after them. */
export function useTestStore(): TestStore {
  const tables = isolatedTables(['users']);
  const connection = {
    ...testConnection(),
    tables,
  };
  const database = createDatabase(connection);
  const opened = [database];
  const users = new UserDao({ database });
  const usernames: string[] = [];
  let count = 0;

  beforeAll(() => ensureTables(database, withoutStreams([usersTableShape])));
  afterAll(() => opened.forEach((each) => each.close()));

  const freshUser: TestStore['freshUser'] = (overrides) => {
    count += 1;
    return makeUserCreate({ username: `user-${count}`, email: `user-${count}@example.com`, ...overrides });
  };

  return {
    database,
    users,
    sessions: new SessionDao({ database }),
    usernames,
    freshUser,
    register: async (overrides, options) => {
      const { user } = await users.createUser(freshUser(overrides), options);

      usernames.push(user.username);
      return user;
    },
    faulty: ({ maxAttempts = 4, remembersTokens = false, clock, singleWrites = 'plain', sessionOptions } = {}) => {
      const http = createFaultInjector({ inner: remembersTokens ? createFaultInjector() : forgetful() });
      const sleep = () => Promise.resolve();
      const faulty = createDatabase({
        ...connection,
        requestHandler: http,
        retry: { maxAttempts },
        sleep,
        singleWrites,
        ...(clock && { clock }),
      });

      opened.push(faulty);
      return {
        http,
        database: faulty,
        users: new UserDao({ database: faulty }),
        sessions: new SessionDao({ database: faulty, ...sessionOptions }),
      };
    },
  };
}
