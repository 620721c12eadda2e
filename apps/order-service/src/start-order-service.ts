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
import { createOrderService } from './create-order-service.ts';

const name = 'order-service';
const environmentSchema = z.object({
  CNOP_JWKS_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }),
  CNOP_MAX_PRICE_AGE_MS: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'must be a positive whole number')
    .transform(Number)
    .optional(),
});

/**
 * Serves orders on the tables and the address that the environment names, with a log on standard output.
 *
 * @throws ConfigurationError naming the variable that is missing or wrong.
 */
export async function startOrderService(env: NodeJS.ProcessEnv): Promise<Served> {
  const { listen, tokens, ...settings } = serviceSettingsFromEnv(name, env);
  const { CNOP_JWKS_URL: keys, CNOP_MAX_PRICE_AGE_MS: maxPriceAgeMs } = readEnvironment(environmentSchema, env);
  // Its policy permits writes inside of transactions only.
  const database = createDatabase({ ...databaseOptionsFromEnv(env), singleWrites: 'transaction' });
  const tracing = startTracing({ serviceName: name, env });
  const metrics = createMetrics();
  const service = await createOrderService({
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
    flow: { ...(maxPriceAgeMs !== undefined && { maxPriceAgeMs }) },
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
