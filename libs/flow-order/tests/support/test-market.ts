import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { OrderDao } from '@cnop/dao-order';
import { BalanceDao } from '@cnop/dao-ledger';
import { profileCheck, UserDao } from '@cnop/dao-user';
import { createDatabase, ensureTables, type Database, type DatabaseOptions, type RawItem } from '@cnop/database-core';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ordersTableShape } from '@cnop/entities-order/shape';
import type { BalanceTransaction } from '@cnop/entities-ledger';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { ownerPartition } from '@cnop/entities-ledger/table';
import { usersTableShape } from '@cnop/entities-user/shape';
import { toUserItem, userKey } from '@cnop/entities-user/table';
import { makeUser } from '@cnop/entities-user/testing';
import { createManualClock, type ManualClock } from '@cnop/utils';
import { createFaultInjector, type FaultInjector, isolatedTables, testConnection, withoutStreams } from '@cnop/testing';
import { createOrderFlow, type OrderFlow } from '../../src/index.ts';
import { findLedgerBreaks, readJournal } from './ledger-breaks.ts';
import { createTestPrices, type TestPrices } from './test-prices.ts';

/** One process: a connection of its own, whose requests fail by script; it never really waits between attempts. */
export interface TestProcess {
  readonly database: Database;
  readonly flow: OrderFlow;
  readonly users: UserDao;
  readonly orders: OrderDao;
  readonly balances: BalanceDao;
  readonly http: FaultInjector;
  /** How long each wait between attempts would have been. */
  readonly waitsMs: number[];
}

/** What a trader has from the start, in minor units: cents, and whole units of AAPL. */
export interface Endowment {
  readonly usd?: bigint;
  readonly aapl?: bigint;
}

/** A flow over tables of the test file's own, at a time and at prices that the test sets. */
export interface TestMarket extends TestProcess {
  readonly clock: ManualClock;
  readonly prices: TestPrices;
  /** Everyone that {@link TestMarket.trader} made. */
  readonly owners: string[];
  /** Another process on the same tables. */
  connect(options?: Partial<DatabaseOptions>): TestProcess;
  /** Registers a user who has this much. */
  trader(endowment?: Endowment): Promise<string>;
  deposit(owner: string, amountMinor: bigint): Promise<void>;
  withdraw(owner: string, amountMinor: bigint): Promise<void>;
  /** What a user has available, by code; what is empty is left out. */
  available(owner: string): Promise<Record<string, bigint>>;
  journal(owner: string): Promise<BalanceTransaction[]>;
  /** Every item of a user, their orders included. */
  itemsOf(owner: string): Promise<RawItem[]>;
}

/** One pool of connections for all processes of a test file. */
const pool = createFaultInjector({ keepCalls: 0 });

/** Opens a market before the tests of the file; after them its ledger must balance. */
export function useTestMarket(): TestMarket {
  const clock = createManualClock('2026-01-05T09:30:00.000Z');
  const prices = createTestPrices();
  const tables = isolatedTables(['users', 'ledger', 'orders', 'inventory']);
  const opened: Database[] = [];
  const owners: string[] = [];

  const connect: TestMarket['connect'] = (options) => {
    const http = createFaultInjector({ inner: pool });
    const waitsMs: number[] = [];
    const database = createDatabase({
      ...testConnection(),
      tables,
      clock,
      requestHandler: http,
      sleep: async (ms) => {
        waitsMs.push(ms);
      },
      ...options,
    });

    opened.push(database);
    return {
      database,
      flow: createOrderFlow({ database, priceSource: prices }),
      users: new UserDao({ database }),
      orders: new OrderDao({ database }),
      balances: new BalanceDao({ database, ownerCheck: profileCheck(database) }),
      http,
      waitsMs,
    };
  };
  const main = connect();
  const { database, balances } = main;

  const market: TestMarket = {
    ...main,
    clock,
    prices,
    owners,
    connect,
    trader: async ({ usd = 0n, aapl = 0n } = {}) => {
      const owner = `trader-${owners.length + 1}`;
      owners.push(owner);
      // Straight into the table: hashing a password takes longer than all the rest.
      const profile = toUserItem(makeUser({ username: owner }), { passwordHash: 'none', writeId: 'test' });
      await database.writer.send(new PutCommand({ TableName: database.tableName('users'), Item: profile }));
      if (usd > 0n) await market.deposit(owner, usd);
      if (aapl > 0n) {
        const gift = { owner, transactionType: 'SYSTEM_ADJUSTMENT', code: 'AAPL', scale: 0 } as const;
        await balances.createTransaction({ ...gift, amountMinor: aapl });
      }
      return owner;
    },
    deposit: async (owner, amountMinor) => {
      await balances.createTransaction({ owner, transactionType: 'DEPOSIT', code: 'USD', amountMinor });
    },
    withdraw: async (owner, amountMinor) => {
      await balances.createTransaction({ owner, transactionType: 'WITHDRAW', code: 'USD', amountMinor });
    },
    available: async (owner) => {
      const all = await balances.listBalances(owner);
      return Object.fromEntries(
        all.filter(({ availableMinor }) => availableMinor !== 0n).map((each) => [each.code, each.availableMinor]),
      );
    },
    journal: (owner) => readJournal(balances, owner),
    itemsOf: async (owner) => [
      ...(await query(database, { table: 'users', attribute: 'pk', value: userKey(owner).pk })),
      ...(await query(database, { table: 'ledger', attribute: 'pk', value: ownerPartition(owner) })),
      ...(await query(database, { table: 'orders', indexName: 'byOwner', attribute: 'owner', value: owner })),
    ],
  };

  beforeAll(() =>
    ensureTables(database, withoutStreams([usersTableShape, ledgerTableShape, ordersTableShape, inventoryTableShape])),
  );
  afterAll(async () => {
    expect(await findLedgerBreaks(market)).toEqual([]);
    opened.forEach((each) => each.close());
  });
  return market;
}

interface PartitionQuery {
  readonly table: string;
  readonly indexName?: string;
  readonly attribute: string;
  readonly value: string;
}

async function query(database: Database, { table, indexName, attribute, value }: PartitionQuery): Promise<RawItem[]> {
  const { Items = [] } = await database.reader.send(
    new QueryCommand({
      TableName: database.tableName(table),
      IndexName: indexName,
      KeyConditionExpression: '#attribute = :value',
      ExpressionAttributeNames: { '#attribute': attribute },
      ExpressionAttributeValues: { ':value': value },
    }),
  );

  return Items;
}
