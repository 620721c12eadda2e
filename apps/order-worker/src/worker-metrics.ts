import type { DatabaseObserver } from '@cnop/database-core';
import type { EngineObserver } from '@cnop/flow-order/engine';
import type { ReaderState } from '@cnop/stream-records';
import type { Clock } from '@cnop/utils';
import { Counter, Gauge, Histogram, type Registry } from '@prometheus-io/client';
import type { WorkerProblem, WorkerStatus } from './worker.ts';

/** What is counted of a worker. */
export interface WorkerMetrics {
  readonly engineObserver: EngineObserver;
  /** Counts writes that another one came before. */
  readonly databaseObserver: DatabaseObserver;
  countProblem(problem: Pick<WorkerProblem, 'kind'>): void;
  showStatus(status: WorkerStatus, signals: ReaderState['kind']): void;
}

/** What {@link createWorkerMetrics} takes. */
export interface WorkerMetricsOptions {
  readonly registry: Registry;
  readonly clock: Clock;
}

/** From 10 ms to 10 minutes. */
const lagBuckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 600];

/** Makes the metrics of a worker, each once in a registry. None has an asset or an owner as a label. */
export function createWorkerMetrics({ registry, clock }: WorkerMetricsOptions): WorkerMetrics {
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name: `cnop_${name}`, help, labelNames, registers: [registry] });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `cnop_${name}`, help, labelNames, registers: [registry] });
  const lag = new Histogram({
    name: 'cnop_tick_lag_seconds',
    help: 'Time from the acceptance of a tick to the end of the work on it.',
    buckets: lagBuckets,
    registers: [registry],
  });
  const due = counter('orders_due_total', 'Orders that a tick has made due.');
  const executed = counter('orders_executed_total', 'Orders that were moved on, by their status after it.', [
    'outcome',
  ]);
  const late = counter('orders_found_late_total', 'Orders that an index had shown late.');
  const failed = counter('order_executions_failed_total', 'Executions that failed for a reason that does not pass.');
  const aside = counter('orders_set_aside_total', 'Orders that were put out of reach of triggers.');
  const outOfBand = counter('ticks_out_of_band_total', 'Ticks that may be misprints, as they were worked.');
  const conditions = counter('conditions_failed_total', 'Writes of orders that another write came before.');
  const problems = counter('worker_problems_total', 'What a worker could not do and tries again.', ['kind']);
  const depth = gauge('ladder_depth', 'Rungs of the watermark ladders of all assets.');
  const trails = gauge('trails_mirrored', 'Trailing stops in memory.');
  const assets = gauge('worker_assets', 'Assets that are watched, held and in work.', ['state']);
  const signals = gauge(
    'worker_reads_stream',
    '1 while the stream of the inventory table is read, 0 while it is polled alone.',
  );
  const ladders = new Map<string, { readonly depth: number; readonly trails: number }>();
  const sum = (member: 'depth' | 'trails') => [...ladders.values()].reduce((total, each) => total + each[member], 0);

  return {
    engineObserver: {
      ticksWorked: ({ assetId, ticks, ...ladder }) => {
        const nowMs = clock.now().getTime();
        ladders.set(assetId, ladder);
        depth.set(sum('depth'));
        trails.set(sum('trails'));
        for (const tick of ticks) {
          lag.observe(Math.max(0, nowMs - Date.parse(tick.acceptedAt)) / 1_000);
          if (tick.outOfBand) outOfBand.inc();
        }
      },
      ordersDue: ({ count }) => {
        due.inc(count);
      },
      executed: ({ outcome }) => {
        executed.inc({ outcome });
      },
      foundLate: ({ count }) => {
        late.inc(count);
      },
      failed: () => {
        failed.inc();
      },
      setAside: () => {
        aside.inc();
      },
    },
    databaseObserver: {
      onRequest:
        ({ operation }) =>
        ({ outcome }) => {
          // A lease is a put; what changes an order is not.
          if (outcome === 'condition-failed' && operation !== 'PutItem') conditions.inc();
        },
    },
    countProblem: ({ kind }) => {
      problems.inc({ kind });
    },
    showStatus: ({ assets: counts }, state) => {
      for (const [name, count] of Object.entries(counts)) assets.set({ state: name }, count);
      signals.set(state === 'reading' ? 1 : 0);
    },
  };
}
