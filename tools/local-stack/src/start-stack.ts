import { createDatabase } from '@cnop/database-core';
import { createOrderFlow } from '@cnop/flow-order';
import { buildOrderService, checkTables, type Stoppable } from '@cnop/order-service';
import { startDynamoDb } from '@cnop/testing';
import { repeat } from './repeat.ts';
import { refreshPrices, seed } from './seed.ts';
import type { StackSettings } from './settings.ts';

/** The local stack as it runs. */
export interface RunningStack extends Stoppable {
  /** Where it listens, such as `http://127.0.0.1:3000`. */
  readonly url: string;
}

/**
 * Starts a DynamoDB, seeds it, serves the orders API on the loopback address, and keeps the prices fresh.
 *
 * When it fails, nothing is left running.
 */
export async function startStack(settings: StackSettings, log: (line: string) => void): Promise<RunningStack> {
  const { port, dataDir, refreshEveryMs = 15_000 } = settings;
  const dynamoDb = await startDynamoDb({ prefer: ['embedded', 'java', 'docker'], log, ...(dataDir && { dataDir }) });
  const database = createDatabase({
    region: dynamoDb.region,
    endpoint: dynamoDb.endpoint,
    credentials: dynamoDb.credentials,
    tables: { users: 'cnop-users', orders: 'cnop-orders', inventory: 'cnop-inventory' },
  });
  const service = buildOrderService({ flow: createOrderFlow({ database }), health: checkTables(database) });
  const stopServing = async () => {
    try {
      await service.close();
    } finally {
      database.close();
      await dynamoDb.stop();
    }
  };

  try {
    await seed(database);
    const url = await service.listen({ port, host: '127.0.0.1' });
    const prices = repeat(
      () => refreshPrices(database),
      refreshEveryMs,
      (error) => {
        log(`Prices could not be refreshed: ${String(error)}`);
      },
    );
    const stop = async () => {
      await prices.stop();
      await stopServing();
    };
    return { url, stop };
  } catch (error) {
    await stopServing();
    throw error;
  }
}
