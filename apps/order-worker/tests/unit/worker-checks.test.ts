import { createHealthRegistry } from '@cnop/health';
import type { ReaderState } from '@cnop/stream-records';
import { createManualClock } from '@cnop/utils';
import { workerChecks } from '../../src/worker-checks.ts';

const now = '2030-01-01T00:01:00.000Z';

async function readinessOf(polledAt: string | undefined, signals: ReaderState['kind'] = 'reading') {
  const health = createHealthRegistry();
  const assets = { watched: 0, held: 0, inWork: 0 };
  const worker = { status: () => ({ assets, ...(polledAt !== undefined && { polledAt }) }), signals: () => signals };
  for (const check of workerChecks({ worker, clock: createManualClock(now), maxSilenceMs: 30_000 }))
    health.register(check);
  const { status, checks } = await health.readiness();

  return [status, checks['worker']?.message, checks['stream']?.message];
}

describe(workerChecks, () => {
  it.each([
    [undefined, 'fail', 'NOT_POLLED_YET'],
    ['2030-01-01T00:00:30.000Z', 'pass', undefined],
    ['2030-01-01T00:00:29.999Z', 'fail', 'NOT_POLLED_LATELY'],
    // The clock was set back since.
    ['2030-01-01T00:01:30.001Z', 'fail', 'NOT_POLLED_LATELY'],
  ])('of a worker that polled at %s: %s', async (polledAt, status, message) => {
    expect(await readinessOf(polledAt)).toEqual([status, message, undefined]);
  });

  it.each([
    ['no-stream', 'NO_STREAM'],
    ['unreachable', 'STREAM_UNREACHABLE'],
    ['starting', 'STREAM_STARTING'],
  ] as const)('warns of a stream that is %s, and is ready', async (kind, message) => {
    expect(await readinessOf(now, kind)).toEqual(['warn', undefined, message]);
  });
});
