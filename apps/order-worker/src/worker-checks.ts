import type { HealthCheck } from '@cnop/health';
import type { ReaderState } from '@cnop/stream-records';
import type { Clock } from '@cnop/utils';
import type { WorkerStatus } from './worker.ts';

/** What {@link workerChecks} looks at. */
export interface WorkerChecksOptions {
  readonly worker: { status(): WorkerStatus; signals(): ReaderState['kind'] };
  readonly clock: Clock;
  /** How long ago the last poll may be, in milliseconds. */
  readonly maxSilenceMs: number;
}

/**
 * The checks of a worker: it is ready while it has polled lately. Without a stream it is ready all the same, with the warning
 * `NO_STREAM`: then a tick is worked within a second.
 */
export function workerChecks({ worker, clock, maxSilenceMs }: WorkerChecksOptions): HealthCheck[] {
  return [
    {
      name: 'worker',
      cacheMs: 0,
      check: () => {
        const { polledAt } = worker.status();
        if (polledAt === undefined) return { status: 'fail', message: 'NOT_POLLED_YET' };
        const silentMs = Math.abs(clock.now().getTime() - Date.parse(polledAt));

        return silentMs > maxSilenceMs ? { status: 'fail', message: 'NOT_POLLED_LATELY' } : { status: 'pass' };
      },
    },
    {
      name: 'stream',
      cacheMs: 0,
      critical: false,
      check: () => {
        const kind = worker.signals();
        if (kind === 'reading') return { status: 'pass' };

        return { status: 'warn', message: kind === 'no-stream' ? 'NO_STREAM' : `STREAM_${kind.toUpperCase()}` };
      },
    },
  ];
}
