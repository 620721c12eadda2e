import { createDatabase, type Database } from '@cnop/database-core';
import { serve, type Served } from '@cnop/middleware';
import { startDynamoDb } from '@cnop/testing';
import type { FirstUser } from '@cnop/user-service';
import { createStackService, type StackServiceOptions } from './create-stack-service.ts';
import { repeat, type Repetition } from './repeat.ts';
import { refreshPrices, seed } from './seed.ts';
import type { StackSettings } from './settings.ts';
import { stackUsers } from './stack-users.ts';

/** The local stack as it runs. */
export interface RunningStack extends Served {
  /** Who was there before anybody could register, with their passwords. */
  readonly users: readonly FirstUser[];
  /** Its database, for whoever wants to look past the services. */
  readonly database: Database;
}

/** The four tables, by their names. */
export type StackTables = Readonly<Record<'users' | 'ledger' | 'orders' | 'inventory', string>>;

/** The names of the tables, unless others are given. */
export const stackTables: StackTables = {
  users: 'cnop-users',
  ledger: 'cnop-ledger',
  orders: 'cnop-orders',
  inventory: 'cnop-inventory',
};

/** What the stack is started with besides its settings. */
export interface StartStackOptions extends Omit<StackServiceOptions, 'database' | 'rateLimits' | 'loadShedding'> {
  readonly log: (line: string) => void;
  /** The names of its tables. Default: `cnop-users`, `cnop-ledger`, `cnop-orders` and `cnop-inventory`. */
  readonly tables?: StackTables;
}

/**
 * Starts a DynamoDB, seeds it, serves users, orders and inventory on the loopback address, and keeps the prices fresh.
 *
 * When it fails, nothing is left running.
 */
export async function startStack(
  settings: StackSettings,
  { log, tables = stackTables, ...options }: StartStackOptions,
): Promise<RunningStack> {
  const { port, dataDir, rateLimits, loadShedding, refreshEveryMs = 15_000 } = settings;
  const dynamoDb = await startDynamoDb({ prefer: ['embedded', 'java', 'docker'], log, ...(dataDir && { dataDir }) });
  const database = createDatabase({
    region: dynamoDb.region,
    endpoint: dynamoDb.endpoint,
    credentials: dynamoDb.credentials,
    tables: { ...tables },
  });
  let users: readonly FirstUser[] = [];
  let prices: Repetition | undefined;

  const served = await serve({
    create: async () => {
      users = await stackUsers(dataDir);
      await seed(database, users);
      prices = repeat(
        () => refreshPrices(database),
        refreshEveryMs,
        (error) => {
          log(`Prices could not be refreshed: ${String(error)}`);
        },
      );
      return { service: await createStackService({ ...options, database, rateLimits, loadShedding }) };
    },
    listen: { port, host: '127.0.0.1' },
    release: async () => {
      await prices?.stop();
      database.close();
      await dynamoDb.stop();
    },
  });
  return { ...served, users, database };
}
