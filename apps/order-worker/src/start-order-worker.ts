import { createDatabase, type DatabaseObserver, observeDatabase } from '@cnop/database-core';
import {
  createMetrics,
  createProbeService,
  databaseObserver,
  logLevelSetting,
  serve,
  type Served,
  serverSettings,
} from '@cnop/middleware';
import { checkTables } from '@cnop/middleware/service';
import { type Environment, readEnvironment } from '@cnop/validation';
import * as z from 'zod';
import { openOrderWorker, type OrderWorker } from './open-order-worker.ts';
import { workerSettings, workerShapes } from './settings.ts';
import { workerChecks } from './worker-checks.ts';

/** The name of the worker in its log, and before what it says on standard error. */
export const workerName = 'order-worker';

const processSettings = z
  .object({ CNOP_LOG_LEVEL: logLevelSetting.default('info') })
  .transform(({ CNOP_LOG_LEVEL: level }) => ({ level }));
const maxSilenceMs = 30_000;

/**
 * Starts a worker of standing orders as a process: reads its environment, opens its database, feeds an engine until it is stopped, and
 * serves `/health` and `/metrics`. Any number of them may run.
 *
 * When it cannot start, nothing is left open.
 *
 * @throws ConfigurationError naming every variable that is missing or wrong.
 * @example
 * await runUntilSignal(workerName, () => startOrderWorker(process.env));
 */
export async function startOrderWorker(env: Environment): Promise<Served> {
  const settings = readEnvironment(workerSettings.and(serverSettings).and(processSettings), env);
  const database = createDatabase(settings.database);
  const metrics = createMetrics();
  const health = checkTables(database, workerShapes);
  let worker: OrderWorker | undefined;

  return await serve({
    create: async () => {
      const logging = { name: workerName, level: settings.level };
      const service = await createProbeService({ health, metrics, server: { logging } });
      const opened = openOrderWorker({
        ...settings,
        database,
        registry: metrics.registry,
        log: service.log,
      });

      worker = opened;
      for (const check of workerChecks({ worker: opened, clock: opened.clock, maxSilenceMs })) health.register(check);
      observeDatabase(database, both(databaseObserver({ log: service.log, metrics }), opened.databaseObserver));
      return {
        service,
        prepare: async () => {
          opened.start();
          await Promise.resolve();
        },
      };
    },
    listen: settings.listen,
    release: async () => {
      await worker?.stop();
      database.close();
    },
  });
}

const both = (one: DatabaseObserver, other: DatabaseObserver): DatabaseObserver => ({
  onRequest: (request) => {
    const ends = [one.onRequest?.(request), other.onRequest?.(request)];

    return (end) => {
      for (const told of ends) told?.(end);
    };
  },
  onRetry: (retry) => {
    one.onRetry?.(retry);
    other.onRetry?.(retry);
  },
});
