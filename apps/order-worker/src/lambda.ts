import { createDatabase, type Database } from '@cnop/database-core';
import { createOrderEngine } from '@cnop/flow-order/engine';
import type { StreamEvent, StreamResponse } from '@cnop/stream-records/lambda';
import { createWorkerFunctions, type WorkerFunctions } from './worker-functions.ts';
import { readWorkerSettings } from './settings.ts';

let functions: WorkerFunctions | undefined;

/**
 * The handler of a function whose event source is the stream of the inventory table, with `ReportBatchItemFailures`. Wired at its first
 * call, on the tables that the environment names; what the engine knows stays for the calls after it.
 *
 * @throws ConfigurationError naming every variable that is missing or wrong.
 */
export async function onTicks(event: StreamEvent): Promise<StreamResponse> {
  return await open().onTicks(event);
}

/**
 * The handler of a function that a schedule calls each minute: sweeps and expiries.
 *
 * @throws ConfigurationError naming every variable that is missing or wrong; AggregateError of what failed, when all else is done.
 */
export async function onSchedule(): Promise<void> {
  await open().onSchedule();
}

function open(): WorkerFunctions {
  if (functions) return functions;
  const settings = readWorkerSettings(process.env);
  const database: Database = createDatabase(settings.database);
  const engine = createOrderEngine({
    database,
    ...settings.engine,
    observer: {
      failed: ({ error, ...named }) => {
        log('error', { ...named, error: String(error), msg: 'an order could not be executed' });
      },
      setAside: (order) => {
        log('error', { ...order, msg: 'an order was set aside' });
      },
    },
  });

  functions = createWorkerFunctions({
    ...{ database, engine, ...settings.worker },
    onFailure: ({ error, ...named }) => {
      log('warn', { ...named, error: String(error), msg: 'the worker tries again' });
    },
  });
  return functions;
}

/** One JSON object a line, as CloudWatch takes it. */
const log = (level: string, line: object) => {
  process.stdout.write(`${JSON.stringify({ level, service: 'order-worker', ...line })}\n`);
};
