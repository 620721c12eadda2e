import { createDatabase, ensureTables, type Database, type SingleWrites } from '@cnop/database-core';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
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
import { BalanceDao } from '../../src/index.ts';
import { accountCheck, accountsShape, putAccount } from './accounts.ts';

/** The DAO on a ledger table of the test file's own, with owners who have accounts. */
export interface TestStore {
  readonly database: Database;
  readonly balances: BalanceDao;
  /** Everyone that {@link TestStore.openAccount} made. */
  readonly owners: string[];
  /** The same DAO over a connection of its own, whose requests fail by script; it never waits between attempts. */
  faulty(options?: FaultyStoreOptions): FaultyStore;
  /** An owner whom nobody knows. */
  freshOwner(): string;
  /** An owner who may receive. */
  openAccount(): Promise<string>;
  /** Ends the account of an owner, who may then receive nothing more. */
  closeAccount(owner: string): Promise<void>;
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
}

export interface FaultyStore {
  readonly http: FaultInjector;
  readonly balances: BalanceDao;
  readonly database: Database;
}

/** A DynamoDB that knows no transaction by its token again. */
const forgetful = () => createFaultInjector({ plan: everyCall(forgetToken()) });

/** Opens a store before the tests of the file, and closes it after them. */
export function useTestStore(): TestStore {
  const connection = {
    ...testConnection(),
    tables: isolatedTables(['ledger', 'accounts']),
  };
  const database = createDatabase(connection);
  const opened = [database];
  const owners: string[] = [];
  let count = 0;

  beforeAll(() => ensureTables(database, withoutStreams([ledgerTableShape, accountsShape])));
  afterAll(() => opened.forEach((each) => each.close()));

  const freshOwner = () => {
    count += 1;
    return `owner-${count}`;
  };

  return {
    database,
    balances: new BalanceDao({ database, ownerCheck: accountCheck(database) }),
    owners,
    freshOwner,
    openAccount: async () => {
      const owner = freshOwner();

      await putAccount(database, owner, 'OPEN');
      owners.push(owner);
      return owner;
    },
    closeAccount: (owner) => putAccount(database, owner, 'CLOSED'),
    faulty: ({ maxAttempts = 4, remembersTokens = false, clock, singleWrites = 'plain' } = {}) => {
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
        balances: new BalanceDao({ database: faulty, ownerCheck: accountCheck(faulty) }),
      };
    },
  };
}
