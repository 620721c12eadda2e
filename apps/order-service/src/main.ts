import { createDatabase, databaseOptionsFromEnv } from '@cnop/database-core';
import { ConfigurationError } from '@cnop/exceptions';
import { createOrderFlow } from '@cnop/flow-order';
import { buildOrderService } from './build-order-service.ts';
import { checkTables } from './check-tables.ts';

const { PORT: port = '3000', HOST: host = '127.0.0.1' } = process.env;
if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
  throw new ConfigurationError({ setting: 'PORT', rule: 'must be a port number' });
}

const database = createDatabase(databaseOptionsFromEnv(process.env));
const service = buildOrderService({
  flow: createOrderFlow({ database }),
  health: checkTables(database),
  logger: true,
});

async function stop(): Promise<void> {
  await service.close();
  database.close();
}

process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
await service.listen({ port: Number(port), host });
