import { createDatabase, type Database, type DatabaseOptions } from '@cnop/database-core';
import { openOrderWorker } from '@cnop/order-worker';
import type { Clock } from '@cnop/utils';
import { Registry } from '@prometheus-io/client';
import type { SdkRequest } from '@cnop/testing';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { maxPriceAgeMs } from '../backend/services.ts';

/** What a worker is started with, as JSON: where its tables are, and what time it is on the market. */
export interface WorkerStart {
  readonly connection: Pick<DatabaseOptions, 'region' | 'endpoint' | 'credentials' | 'tables'>;
  readonly time: ToldTime;
}

/**
 * Runs the order worker in this process until it is killed or who started it is gone. It is told the time by messages, and tells the
 * name of each request before it sends it.
 */
export function runWorker(start: WorkerStart, prepare: (database: Database) => void = () => undefined): void {
  const ignore = () => undefined;
  const clock = toldClock(start.time);
  const http = new NodeHttpHandler();
  const complain = (line: object, message: string) =>
    process.stderr.write(`${message} ${JSON.stringify(line)} ${String((line as { err?: unknown }).err)}\n`);
  const database = createDatabase({
    ...start.connection,
    clock,
    requestHandler: {
      handle: (request: SdkRequest, options?: object) => {
        process.send?.(request.headers['x-amz-target'], ignore);
        return http.handle(request as never, options);
      },
      metadata: http.metadata,
    },
  });
  process.on('message', clock.set);
  process.once('disconnect', () => {
    process.exit();
  });
  prepare(database);
  const log = { info: ignore, warn: ignore, error: complain };
  openOrderWorker({ database, registry: new Registry(), log, engine: { maxPriceAgeMs }, worker }).start();
}

/** The market waits for the death of a worker: so the next one must not wait for long until it may take its place. */
const worker = { leaseMs: 500, yieldMs: 100 };

/** The time on the market when it was last told, and when that was on the clock of the machine, in milliseconds. */
export interface ToldTime {
  readonly marketMs: number;
  readonly machineMs: number;
}

/** The time that was last told, and what has passed since, so that leases end while the market waits. */
function toldClock(start: ToldTime): Clock & { readonly set: (time: ToldTime) => void } {
  let told = start;

  return {
    set: (time) => {
      told = time;
    },
    now: () => new Date(told.marketMs + Date.now() - told.machineMs),
  };
}
