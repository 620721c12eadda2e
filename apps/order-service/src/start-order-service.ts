import { createDatabase, databaseOptionsFromEnv } from '@cnop/database-core';
import { createOrderFlow } from '@cnop/flow-order';
import { buildOrderService } from './build-order-service.ts';
import { checkTables } from './check-tables.ts';
import { listenOptionsFromEnv } from './listen-options.ts';
import type { Stoppable } from './run-until-signal.ts';

/**
 * Serves orders on the tables and the address that the environment names, with a log on standard output.
 *
 * @throws ConfigurationError naming the variable that is missing or wrong.
 */
export async function startOrderService(env: NodeJS.ProcessEnv): Promise<Stoppable> {
  const listenOptions = listenOptionsFromEnv(env);
  // Its policy permits writes inside of transactions only.
  const database = createDatabase({ ...databaseOptionsFromEnv(env), singleWrites: 'transaction' });
  const service = buildOrderService({
    flow: createOrderFlow({ database }),
    health: checkTables(database),
    logger: true,
  });
  const stop = async () => {
    try {
      await service.close();
    } finally {
      database.close();
    }
  };

  try {
    await service.listen(listenOptions);
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
