import { createDatabase } from '@cnop/database-core';
import { createOrderFlow } from '@cnop/flow-order';
import { buildOrderService, checkTables } from '@cnop/order-service';
import { startDynamoDb } from '@cnop/testing';
import { refreshPrices, seed } from './seed.ts';
import type { StackSettings } from './settings.ts';

/** Well below the maximum age of a price. */
const refreshEveryMs = 15_000;

/** The local stack as it runs. */
export interface RunningStack {
  /** Where it listens, such as `http://127.0.0.1:3000`. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a DynamoDB, seeds it and serves the orders API on the loopback address. */
export async function startStack({ port, dataDir }: StackSettings, log: (line: string) => void): Promise<RunningStack> {
  const dynamoDb = await startDynamoDb({ prefer: ['embedded', 'java', 'docker'], log, ...(dataDir && { dataDir }) });
  const database = createDatabase({
    region: dynamoDb.region,
    endpoint: dynamoDb.endpoint,
    credentials: dynamoDb.credentials,
    tables: { users: 'cnop-users', orders: 'cnop-orders', inventory: 'cnop-inventory' },
  });
  const service = buildOrderService({ flow: createOrderFlow({ database }), health: checkTables(database) });
  const timer = setInterval(() => {
    refreshPrices(database).catch((error: unknown) => {
      log(`Prices could not be refreshed: ${String(error)}`);
    });
  }, refreshEveryMs);
  const stop = async () => {
    clearInterval(timer);
    await service.close();
    database.close();
    await dynamoDb.stop();
  };

  try {
    await seed(database);
    return { url: await service.listen({ port, host: '127.0.0.1' }), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
