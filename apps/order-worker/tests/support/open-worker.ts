import type { Database } from '@cnop/database-core';
import { observeDatabase } from '@cnop/database-core';
import { createHealthRegistry } from '@cnop/health';
import { eventually } from '@cnop/testing';
import { Registry } from '@prometheus-io/client';
import { openOrderWorker } from '../../src/open-order-worker.ts';
import { workerChecks } from '../../src/worker-checks.ts';

/** What a worker has logged. */
export interface LoggedLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly kind?: string;
  readonly assetId?: string;
}

/** Runs a worker over a database, in this process. */
export function runWorker(database: Database) {
  const lines: LoggedLine[] = [];
  const logAs = (level: LoggedLine['level']) => (line: object, message: string) => {
    lines.push({ ...line, level, message });
  };
  const registry = new Registry();
  const log = { info: logAs('info'), warn: logAs('warn'), error: logAs('error') };
  const worker = openOrderWorker({ database, registry, log });
  const health = createHealthRegistry();
  for (const check of workerChecks({ worker, clock: worker.clock, maxSilenceMs: 30_000 })) health.register(check);

  observeDatabase(database, worker.databaseObserver);
  worker.start();
  return {
    ...worker,
    lines,
    health,
    /** The value of a metric, such as `cnop_orders_executed_total{outcome="COMPLETED"}`. */
    metric: async (name: string) => {
      const line = (await registry.metrics()).split('\n').find((each) => each.startsWith(`${name} `));
      return line === undefined ? undefined : Number(line.slice(name.length));
    },
    hasLogged: (message: RegExp) =>
      eventually(`it logs ${message.source}`, () => lines.find((line) => message.test(`${line.kind} ${line.message}`))),
    goesFirst: () => eventually('it goes first with its assets', () => worker.status().assets.held > 0),
  };
}
