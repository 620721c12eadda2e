import { createAccessCheck, getUserDao } from '@cnop/dao-user';
import { createDatabase, databaseOptionsFromEnv, observeDatabase } from '@cnop/database-core';
import {
  createMetrics,
  createTokenVerifier,
  databaseObserver,
  readEnvironment,
  serve,
  serviceSettingsFromEnv,
  type Served,
} from '@cnop/middleware';
import { startTracing } from '@cnop/middleware/tracing';
import { z } from 'zod';
import { checkTables } from './check-tables.ts';
import { createInventoryService } from './create-inventory-service.ts';

const name = 'inventory-service';
const environmentSchema = z.object({
  CNOP_JWKS_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }),
});

/**
 * Serves assets on the tables and the address that the environment names, with a log on standard output.
 *
 * @throws ConfigurationError naming the variable that is missing or wrong.
 */
export async function startInventoryService(env: NodeJS.ProcessEnv): Promise<Served> {
  const { listen, tokens, ...settings } = serviceSettingsFromEnv(name, env);
  const { CNOP_JWKS_URL: keys } = readEnvironment(environmentSchema, env);
  const database = createDatabase(databaseOptionsFromEnv(env));
  const tracing = startTracing({ serviceName: name, env });
  const metrics = createMetrics();
  const service = await createInventoryService({
    ...settings,
    database,
    metrics,
    tracer: tracing?.tracer,
    health: checkTables(database),
    authentication: {
      users: createAccessCheck({ userDao: getUserDao(database) }),
      cacheMs: 0,
      verifier: createTokenVerifier({ ...tokens, keys: new URL(keys) }),
    },
  });
  observeDatabase(database, databaseObserver({ log: service.log, metrics, tracer: tracing?.tracer }));

  return await serve(service, {
    listen,
    release: async () => {
      database.close();
      await tracing?.stop();
    },
  });
}
