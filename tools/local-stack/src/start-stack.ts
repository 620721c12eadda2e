import { setTimeout as pause } from 'node:timers/promises';
import { createDatabase, type Database } from '@cnop/database-core';
import {
  assertCanListen,
  createMetrics,
  serve,
  type LoadSheddingOptions,
  type RateLimitsOptions,
  type Served,
} from '@cnop/middleware';
import { openOrderWorker, type OrderWorker } from '@cnop/order-worker';
import { startDynamoDb } from '@cnop/testing';
import type { FirstUser } from '@cnop/user-service';
import { createStackService, type StackServiceOptions } from './create-stack-service.ts';
import { firstUsersOf, refreshPrices, seed } from './seed.ts';

/** What the local stack is told. */
export interface StackSettings {
  /** 0 lets the system choose. */
  readonly port: number;
  /** Keeps the data across restarts; without it they are gone at the end. */
  readonly dataDir?: string | undefined;
  /** Default: those of every service. */
  readonly rateLimits?: RateLimitsOptions;
  /** Default: that of every service. */
  readonly loadShedding?: LoadSheddingOptions;
  /** How often prices are set again, in milliseconds. Default: 15 000, well below the age at which a price is refused. */
  readonly refreshEveryMs?: number;
}

/** The local stack as it runs. */
export interface RunningStack extends Served {
  /** The users created at startup, with their passwords. */
  readonly users: readonly FirstUser[];
  /** Its database, to look past the services. */
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
 * Starts a DynamoDB, seeds it, serves users, orders and inventory on the loopback address, works standing orders, and keeps the prices
 * fresh.
 *
 * When it fails, nothing is left running.
 *
 * @throws ConfigurationError naming `PORT` when it is taken, before anything is started.
 */
export async function startStack(
  settings: StackSettings,
  { log, tables = stackTables, ...options }: StartStackOptions,
): Promise<RunningStack> {
  const { port, dataDir, rateLimits, loadShedding, refreshEveryMs = 15_000 } = settings;
  const listen = { port, host: '127.0.0.1' };
  await assertCanListen(listen);
  const dynamoDb = await startDynamoDb({ prefer: ['embedded', 'java', 'docker'], log, ...(dataDir && { dataDir }) });
  const { region, endpoint, credentials } = dynamoDb;
  const database = createDatabase({ region, endpoint, credentials, tables: { ...tables } });
  const stopping = new AbortController();
  let users: readonly FirstUser[] = [];
  let prices: Promise<void> | undefined;
  let worker: OrderWorker | undefined;

  const served = await serve({
    create: async () => {
      users = await firstUsersOf(dataDir);
      await seed(database, users);
      const pauses = () => pause(refreshEveryMs, true, { signal: stopping.signal }).catch(() => false);
      prices = keepPricesFresh(database, pauses, log);
      const metrics = createMetrics();
      const service = await createStackService({ ...options, database, rateLimits, loadShedding, metrics });

      worker = openOrderWorker({ database, registry: metrics.registry, log: service.log });
      worker.start();
      log('Standing orders are worked in this process.');
      return { service };
    },
    listen,
    release: async () => {
      stopping.abort();
      await Promise.all([prices, worker?.stop()]);
      database.close();
      await dynamoDb.stop();
    },
  });
  return { ...served, users, database };
}

/** Refreshes the prices after each pause until one is cut short, never twice at once; logs failures, and goes on. */
async function keepPricesFresh(
  database: Database,
  pauses: () => Promise<boolean>,
  log: (line: string) => void,
): Promise<void> {
  while (await pauses()) {
    await refreshPrices(database).catch((error: unknown) => {
      log(`Prices could not be refreshed: ${String(error)}`);
    });
  }
}
