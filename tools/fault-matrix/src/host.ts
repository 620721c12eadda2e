import { createDatabase, deleteTables, ensureTables, type Database } from '@cnop/database-core';
import { usersTableShape } from '@cnop/entities-user/shape';
import type { TableShape } from '@cnop/utils';
import {
  createFaultInjector,
  everyCall,
  forgetToken,
  isolatedTables,
  startDynamoDb,
  type SdkRequestHandler,
} from '@cnop/testing';
import { importLibraries } from '@cnop/workspace';
import { openServices, type MoreServices, type Services } from './services.ts';
import { gold } from './world.ts';

/** The DynamoDB on which all runs take place, with tables of their own. */
export interface Host {
  /** Which DynamoDB it is. */
  readonly backend: string;
  /** Of a process into whose calls no fault is injected. */
  readonly database: Database;
  readonly services: Services;
  /** Without the users: email claims are facts of the rows that change them, and need no audit of each world. */
  readonly ledger: Database;
  /** Carries out the requests of all processes, over shared connections; recognises no transaction by its token. */
  readonly connection: SdkRequestHandler;
  /** The services of a new process, which sends by this handler and does not wait between attempts. */
  open(handler: Required<SdkRequestHandler>, maxAttempts: number): Services;
  /** Deletes the tables, and ends the DynamoDB if it was started here. */
  close(): Promise<void>;
}

/** Starts a DynamoDB, unless the environment names one, creates the tables of all domains, and lists the one traded asset. */
export async function openHost(more: MoreServices): Promise<Host> {
  const shapes = await tableShapes();
  const dynamoDb = await startDynamoDb({ prefer: ['embedded', 'java', 'docker'] });
  const { region, endpoint, credentials, backend } = dynamoDb;
  const pool = createFaultInjector({ plan: everyCall(forgetToken()), keepCalls: 1 });
  const tables = isolatedTables(
    shapes.map(({ name }) => name),
    'matrix',
  );

  const settings = { region, endpoint, credentials, tables, sleep: () => Promise.resolve(), random: () => 0 };
  const openDatabase = (requestHandler: Required<SdkRequestHandler>, maxAttempts: number) =>
    createDatabase({ ...settings, requestHandler, retry: { maxAttempts } });
  const database = openDatabase(pool, 10);
  const ledgerTables = Object.fromEntries(Object.entries(tables).filter(([name]) => name !== usersTableShape.name));
  const ledger = createDatabase({ ...settings, requestHandler: pool, tables: ledgerTables });
  const services = openServices(database, more);
  const close = async () => {
    try {
      await deleteTables(database, shapes);
    } finally {
      database.close();
      await dynamoDb.stop();
    }
  };

  try {
    await ensureTables(database, shapes);
    await listGold(services);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    backend,
    database,
    services,
    ledger,
    // A process that ends closes its connections; these belong to all of them.
    connection: { metadata: pool.metadata, handle: (request, options) => pool.handle(request, options) },
    open: (handler, maxAttempts) => openServices(openDatabase(handler, maxAttempts), more),
    close,
  };
}

/** The shape of every table that an entities library exports. */
async function tableShapes(): Promise<TableShape[]> {
  const modules = Object.values(await importLibraries(['entities'], 'shape'));

  return modules.flatMap((module) =>
    Object.entries(module).flatMap(([name, exported]) => (name.endsWith('TableShape') ? [exported as TableShape] : [])),
  );
}

async function listGold({ assets }: Services): Promise<void> {
  const terms = { name: 'Gold', category: 'COMMODITY', currency: 'USD', decimals: 0, priceScale: 2 } as const;
  await assets.createAsset({ assetId: gold, ...terms });
  await assets.setPrice({ assetId: gold, price: '1.00', asOf: new Date().toISOString(), source: 'matrix' });
}
