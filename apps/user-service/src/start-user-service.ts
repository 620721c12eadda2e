import { createAccessCheck, getUserDao } from '@cnop/dao-user';
import { createDatabase, databaseOptionsFromEnv, observeDatabase } from '@cnop/database-core';
import {
  createMetrics,
  createTokenIssuer,
  createTokenVerifier,
  databaseObserver,
  serve,
  serviceSettingsFromEnv,
  type Served,
} from '@cnop/middleware';
import { startTracing } from '@cnop/middleware/tracing';
import { checkTables } from './check-tables.ts';
import { createUserService } from './create-user-service.ts';
import { ensureFirstUsers } from './first-users.ts';
import { userSettingsFromEnv } from './user-settings.ts';

const name = 'user-service';

/**
 * Serves users, sessions and money on the tables and the address that the environment names, with a log on standard output. Registers
 * the first users who are not there yet.
 *
 * @throws ConfigurationError naming the variable that is missing or wrong.
 */
export async function startUserService(env: NodeJS.ProcessEnv): Promise<Served> {
  const { listen, tokens, ...settings } = serviceSettingsFromEnv(name, env);
  const { keys, firstUsers, ...routes } = userSettingsFromEnv(env);
  const issuer = await createTokenIssuer({ ...tokens, keys });
  const database = createDatabase(databaseOptionsFromEnv(env));
  const users = getUserDao(database);
  const tracing = startTracing({ serviceName: name, env });
  const metrics = createMetrics();
  const service = await createUserService({
    ...settings,
    metrics,
    tracer: tracing?.tracer,
    health: checkTables(database),
    authentication: {
      users: createAccessCheck({ userDao: users }),
      cacheMs: 0,
      verifier: createTokenVerifier({ ...tokens, keys: issuer.publicKeys }),
    },
    routes: { ...routes, database, issuer },
  });
  const release = async () => {
    database.close();
    await tracing?.stop();
  };
  observeDatabase(database, databaseObserver({ log: service.log, metrics, tracer: tracing?.tracer }));

  try {
    await ensureFirstUsers(users, firstUsers);
  } catch (error) {
    await service.close();
    await release();
    throw error;
  }
  return await serve(service, { listen, release });
}
