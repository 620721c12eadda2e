import type { Tick } from '@cnop/entities-inventory';
import { createManualClock } from '@cnop/utils';
import { Registry } from '@prometheus-io/client';
import { createWorkerMetrics } from '../../src/worker-metrics.ts';

const acceptedAt = '2030-01-01T00:00:00.000Z';
const tick = (fields: Partial<Tick> = {}) => ({ acceptedAt, ...fields }) as Tick;

function openMetrics() {
  const registry = new Registry();
  const clock = createManualClock(acceptedAt);
  const metrics = createWorkerMetrics({ registry, clock });
  const shown = async () =>
    (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));

  return { ...metrics, clock, shown };
}

describe(createWorkerMetrics, () => {
  it('measures the time from the acceptance of each tick to the end of its work, and counts misprints', async () => {
    const { engineObserver, clock, shown } = openMetrics();
    clock.advance(2_000);

    engineObserver.ticksWorked?.({ assetId: 'BTC', ticks: [tick(), tick({ outOfBand: true })], depth: 3, trails: 5 });
    engineObserver.ticksWorked?.({ assetId: 'ETH', ticks: [tick()], depth: 1, trails: 2 });

    expect(await shown()).toEqual(
      expect.arrayContaining([
        'cnop_tick_lag_seconds_sum 6',
        'cnop_tick_lag_seconds_count 3',
        'cnop_ticks_out_of_band_total 1',
        'cnop_ladder_depth 4',
        'cnop_trails_mirrored 7',
      ]),
    );
  });

  it('takes no lag below zero from a clock that was set back', async () => {
    const { engineObserver, clock, shown } = openMetrics();
    clock.advance(-60_000);

    engineObserver.ticksWorked?.({ assetId: 'BTC', ticks: [tick()], depth: 0, trails: 0 });

    expect(await shown()).toContain('cnop_tick_lag_seconds_sum 0');
  });

  it('counts what becomes of orders, and names neither assets nor owners', async () => {
    const { engineObserver, countProblem, shown } = openMetrics();
    const order = { assetId: 'BTC', orderId: 'o-1' };

    engineObserver.ordersDue?.({ assetId: 'BTC', count: 3 });
    engineObserver.executed?.({ assetId: 'BTC', outcome: 'COMPLETED' });
    engineObserver.foundLate?.({ assetId: 'BTC', count: 2 });
    engineObserver.failed?.({ ...order, error: new Error('broken') });
    engineObserver.setAside?.(order);
    countProblem({ kind: 'poll' });

    const lines = await shown();
    expect(lines).toEqual(
      expect.arrayContaining([
        'cnop_orders_due_total 3',
        'cnop_orders_executed_total{outcome="COMPLETED"} 1',
        'cnop_orders_found_late_total 2',
        'cnop_order_executions_failed_total 1',
        'cnop_orders_set_aside_total 1',
        'cnop_worker_problems_total{kind="poll"} 1',
      ]),
    );
    expect(lines.join()).not.toMatch(/BTC|o-1/);
  });

  it('counts the writes of orders that another came before, not the leases of others', async () => {
    const { databaseObserver, shown } = openMetrics();
    const end = { outcome: 'condition-failed', durationMs: 1 } as const;

    for (const operation of ['TransactWriteItems', 'UpdateItem', 'PutItem'] as const)
      databaseObserver.onRequest?.({ operation, tableNames: ['orders'] })?.(end);

    expect(await shown()).toContain('cnop_conditions_failed_total 2');
  });

  it('shows what a worker is at', async () => {
    const { showStatus, shown } = openMetrics();

    showStatus({ assets: { watched: 5, held: 3, inWork: 1 } }, 'reading');

    expect(await shown()).toEqual(
      expect.arrayContaining([
        'cnop_worker_assets{state="watched"} 5',
        'cnop_worker_assets{state="held"} 3',
        'cnop_worker_assets{state="inWork"} 1',
        'cnop_worker_reads_stream 1',
      ]),
    );
  });
});
