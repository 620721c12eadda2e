import { getAssetDao } from '@cnop/dao-inventory';
import { getBalanceDao } from '@cnop/dao-ledger';
import { getUserDao } from '@cnop/dao-user';
import { createDatabase, databaseSettings, deleteTables, ensureTables, type Database } from '@cnop/database-core';
import type { Role } from '@cnop/entities-user';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { usersTableShape } from '@cnop/entities-user/shape';
import { makeUserCreate } from '@cnop/entities-user/testing';
import { isolatedTables } from '@cnop/testing';
import type { Clock } from '@cnop/utils';
import { readEnvironment } from '@cnop/validation';

export const shapes = [usersTableShape, ledgerTableShape, ordersTableShape, inventoryTableShape];

/** Tables of a test file's own, with the stock MSFT at 25.00 USD. */
export interface TestTables {
  readonly database: Database;
  /** The environment that names them. */
  readonly env: NodeJS.ProcessEnv;
  /** Registers a user with 100.00 USD. */
  trader(): Promise<string>;
  /** Registers an administrator. */
  admin(): Promise<string>;
  /** Registers the user of a venue. */
  venue(): Promise<string>;
  cashOf(username: string): Promise<bigint>;
}

/** What {@link useTestTables} takes. */
export interface TestTablesOptions {
  /** Of the database. Default: the system's. */
  readonly clock?: Clock;
}

/** Makes the tables before the tests of the file and deletes them after. */
export function useTestTables({ clock }: TestTablesOptions = {}): TestTables {
  const tables = isolatedTables(['users', 'ledger', 'orders', 'inventory']);
  const env = {
    ...process.env,
    CNOP_MAX_EVENT_LOOP_DELAY_MS: '3600000',
    CNOP_MAX_PRICE_AGE_MS: '3600000',
    CNOP_TABLE_USERS: tables.users,
    CNOP_TABLE_LEDGER: tables.ledger,
    CNOP_TABLE_ORDERS: tables.orders,
    CNOP_TABLE_INVENTORY: tables.inventory,
  };
  const credentials = {
    accessKeyId: process.env['AWS_ACCESS_KEY_ID']!,
    secretAccessKey: process.env['AWS_SECRET_ACCESS_KEY']!,
  };
  const database = createDatabase({
    ...readEnvironment(databaseSettings(shapes), env),
    credentials,
    ...(clock && { clock }),
  });
  const balances = getBalanceDao(database);
  let registered = 0;
  const register = async (role: Role) => {
    registered += 1;
    const username = `${role}-${registered}`;
    await getUserDao(database).createUser(makeUserCreate({ username, email: `${username}@example.com` }), { role });
    return username;
  };

  beforeAll(async () => {
    await ensureTables(database, shapes);
    await listStock(database);
  });
  afterAll(async () => {
    await deleteTables(database, shapes);
    database.close();
  });

  return {
    database,
    env,
    trader: async () => {
      const username = await register('customer');
      await balances.createTransaction({
        owner: username,
        transactionType: 'DEPOSIT',
        code: 'USD',
        amountMinor: 10_000n,
      });
      return username;
    },
    admin: () => register('admin'),
    venue: () => register('venue'),
    cashOf: async (username) => (await balances.getBalance(username, 'USD')).availableMinor,
  };
}

async function listStock(database: Database): Promise<void> {
  const assets = getAssetDao(database);
  const stock = { name: 'Microsoft', category: 'STOCK', currency: 'USD', decimals: 3, priceScale: 2 } as const;

  await assets.createAsset({ assetId: 'MSFT', ...stock });
  await assets.setPrice({ assetId: 'MSFT', price: '25.00', asOf: database.clock.now().toISOString(), source: 'test' });
}
