import { createDatabase, deleteTables, ensureTables, type Database } from '@cnop/database-core';
import {
  createFaultInjector,
  everyCall,
  forgetToken,
  isolatedTables,
  startDynamoDb,
  type SdkRequestHandler,
} from '@cnop/testing';
import { openServices, type Services } from './services.ts';
import { tableShapes } from './table-shapes.ts';

/** The DynamoDB on which all runs take place, with tables of their own. */
export interface Host {
  /** Which DynamoDB it is. */
  readonly backend: string;
  /** Of a process that nothing befalls. */
  readonly database: Database;
  readonly services: Services;
  /** Carries out the requests of all processes, over shared connections; knows no transaction by its token again if told so. */
  connection(options: { readonly forgetsTokens: boolean }): SdkRequestHandler;
  /** The database of a new process, which sends by this handler and never really waits between attempts. */
  open(requestHandler: Required<SdkRequestHandler>, maxAttempts: number): Database;
  /** Deletes the tables and ends the DynamoDB, if it was started here. */
  close(): Promise<void>;
}

/** The asset that everybody trades, in whole units at 1.00 USD. */
export const gold = 'GOLD';

/** Starts a DynamoDB, unless the environment names one, and lists the one traded asset. */
export async function openHost(): Promise<Host> {
  const dynamoDb = await startDynamoDb({ prefer: ['embedded', 'java', 'docker'] });
  const pool = createFaultInjector({ keepCalls: 1 });
  const forgetful = createFaultInjector({ inner: pool, plan: everyCall(forgetToken()), keepCalls: 1 });
  const tables = isolatedTables(
    tableShapes.map(({ name }) => name),
    'matrix',
  );
  const { region, endpoint, credentials } = dynamoDb;

  const open: Host['open'] = (requestHandler, maxAttempts) =>
    createDatabase({
      region,
      endpoint,
      credentials,
      tables,
      requestHandler,
      retry: { maxAttempts },
      sleep: () => Promise.resolve(),
      random: () => 0,
    });
  const database = open(pool, 10);
  const close = async () => {
    try {
      await deleteTables(database, tableShapes);
    } finally {
      database.close();
      await dynamoDb.stop();
    }
  };

  try {
    await ensureTables(database, tableShapes);
    const services = openServices(database);
    await listGold(services);
    return {
      backend: dynamoDb.backend,
      database,
      services,
      connection: ({ forgetsTokens }) => sharing(forgetsTokens ? forgetful : pool),
      open,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A process that ends closes its connections; these belong to all of them. */
const sharing = (handler: SdkRequestHandler): SdkRequestHandler => ({
  metadata: handler.metadata ?? { handlerProtocol: 'http/1.1' },
  handle: (request, options) => handler.handle(request, options),
});

async function listGold({ assets }: Services): Promise<void> {
  await assets.createAsset({
    assetId: gold,
    name: 'Gold',
    category: 'COMMODITY',
    currency: 'USD',
    decimals: 0,
    priceScale: 2,
  });
  await assets.setPrice({ assetId: gold, price: '1.00', asOf: new Date().toISOString(), source: 'matrix' });
}
