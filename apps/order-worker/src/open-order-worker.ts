import { getAssetDao } from '@cnop/dao-inventory';
import { getTriggerStateDao } from '@cnop/dao-order';
import type { Database, DatabaseObserver } from '@cnop/database-core';
import { createOrderEngine } from '@cnop/flow-order/engine';
import type { ReaderState } from '@cnop/stream-records';
import type { Clock } from '@cnop/utils';
import type { Registry } from '@prometheus-io/client';
import type { WorkerSettings } from './settings.ts';
import { createSignals } from './signals.ts';
import { createWorkerMetrics } from './worker-metrics.ts';
import { createWorker, type WorkerOptions, type WorkerStatus } from './worker.ts';

/** Where a worker tells what it does: a log of pino, or one like it. */
export interface WorkerLog {
  info(line: object, message: string): void;
  warn(line: object, message: string): void;
  error(line: object, message: string): void;
}

/** What {@link openOrderWorker} takes. */
export interface OpenOrderWorkerOptions extends Partial<Pick<WorkerSettings, 'engine'>> {
  readonly worker?: Partial<Pick<WorkerOptions, 'assetsAtOnce' | 'maxAssets' | 'leaseMs' | 'yieldMs'>>;
  readonly database: Database;
  readonly registry: Registry;
  readonly log: WorkerLog;
}

/** A worker with its engine and its signals, over a database. */
export interface OrderWorker {
  /** Runs until it is stopped. */
  start(): void;
  /** Begins nothing new and waits for what is in work. */
  stop(): Promise<void>;
  status(): WorkerStatus;
  signals(): ReaderState['kind'];
  readonly clock: Clock;
  /** For `observeDatabase`. */
  readonly databaseObserver: DatabaseObserver;
}

/** Puts a worker together over a database, with the clock, the ids and the sleep of that. Sends nothing yet. */
export function openOrderWorker(options: OpenOrderWorkerOptions): OrderWorker {
  const { database, registry, log } = options;
  const { clock, sleep, ids } = database;
  const holder = ids.ulid();
  const metrics = createWorkerMetrics({ registry, clock });
  const engine = createOrderEngine({
    database,
    ...options.engine,
    observer: {
      ...metrics.engineObserver,
      failed: (failure) => {
        metrics.engineObserver.failed?.(failure);
        const { error: err, ...named } = failure;
        log.error({ ...named, err }, 'an order could not be executed');
      },
      setAside: (order) => {
        metrics.engineObserver.setAside?.(order);
        log.error(order, 'an order was set aside');
      },
    },
  });
  const worker = createWorker({
    ...{ engine, clock, sleep, holder, ...options.worker },
    assets: getAssetDao(database),
    triggers: getTriggerStateDao(database),
    onProblem: (problem) => {
      metrics.countProblem(problem);
      const { error: err, ...named } = problem;
      log.warn({ ...named, err }, 'the worker tries again');
    },
  });
  const reader = createSignals({
    ...{ database, owner: holder, sleep },
    onSignal: ({ assetId, priceAsOf }) => {
      worker.signal(assetId, priceAsOf);
    },
    onGap: () => {
      worker.lookAgain();
    },
    onProblem: ({ error: err, ...named }) => {
      log.warn({ ...named, err }, 'the stream is read again');
    },
  });
  let told: ReaderState['kind'] = 'starting';
  /** Says once that it reads, or that it polls alone. */
  const tell = () => {
    const { kind } = reader.status().state;
    metrics.showStatus(worker.status(), kind);
    if (kind === told) return;

    told = kind;
    if (kind === 'reading') log.info({}, 'the stream of the inventory table is read');
    if (kind === 'no-stream') log.warn({}, 'the inventory table has no stream: it is polled every second');
  };
  let running: Promise<unknown> | undefined;
  let isStopped = false;

  const watch = async () => {
    while (!isStopped) {
      tell();
      await sleep(tellEveryMs);
    }
  };

  return {
    start: () => {
      running ??= Promise.all([worker.run(), reader.run(), watch()]);
    },
    stop: async () => {
      isStopped = true;
      await Promise.all([worker.stop(), reader.stop()]);
      await running;
    },
    status: () => worker.status(),
    signals: () => reader.status().state.kind,
    clock,
    databaseObserver: metrics.databaseObserver,
  };
}

const tellEveryMs = 1_000;
