import { getAssetDao } from '@cnop/dao-inventory';
import type { Database } from '@cnop/database-core';
import type { OrderEngine } from '@cnop/flow-order/engine';
import { createStreamHandler, type StreamHandler } from '@cnop/stream-records/lambda';
import { createAssetLanes } from './asset-lanes.ts';
import { readAssetIds, readPrices } from './asset-prices.ts';
import { findPriceSignal } from './price-signal.ts';

/** What {@link createWorkerFunctions} takes. */
export interface WorkerFunctionsOptions {
  readonly database: Database;
  readonly engine: OrderEngine;
  /** Assets in work at once. Default 16. */
  readonly assetsAtOnce?: number;
  /** Learns what failed; it is tried again. Names assets, never owners. */
  readonly onFailure?: (failure: { readonly assetId?: string; readonly error: unknown }) => void;
}

/** A worker as two functions that are called, in place of a process that runs. */
export interface WorkerFunctions {
  /** Works each asset whose price a batch of records has moved to its newest tick; names the first record of one that failed. */
  readonly onTicks: StreamHandler;
  /**
   * What a process does each second, for a schedule of one minute: works and sweeps the assets with a price of the last minutes, expires
   * what is over; once an hour all assets, the prices of their last day, and the expiries of the last week.
   *
   * @throws AggregateError of what failed, when all else is done.
   */
  onSchedule(): Promise<void>;
}

const recentMs = 300_000;

/** Makes the functions. They take no lease: the stream gives one asset to one call at a time. */
export function createWorkerFunctions(options: WorkerFunctionsOptions): WorkerFunctions {
  const { database, engine, assetsAtOnce = 16, onFailure = () => undefined } = options;
  const assets = getAssetDao(database);

  const workAll = async (assetIds: readonly string[], work: (assetId: string) => Promise<void>) => {
    const failures: unknown[] = [];
    const lanes = createAssetLanes({
      atOnce: assetsAtOnce,
      work: async (assetId) => {
        await work(assetId).catch((error: unknown) => {
          failures.push(error);
          onFailure({ assetId, error });
        });
      },
    });

    for (const assetId of assetIds) lanes.request(assetId);
    await lanes.idle();
    return failures;
  };

  return {
    onTicks: createStreamHandler({
      maxGroupsAtOnce: assetsAtOnce,
      onRecords: async (records) => {
        const moved = new Set(records.flatMap((record) => findPriceSignal(record)?.assetId ?? []));

        for (const assetId of moved) await engine.workTicks(assetId);
      },
      onFailure: (error, { newItem }) => {
        const assetId = newItem?.['assetId'];

        onFailure({ ...(typeof assetId === 'string' && { assetId }), error });
      },
    }),
    onSchedule: async () => {
      const now = database.clock.now();
      const isHour = now.getUTCMinutes() === 0;
      const prices = await readPrices(assets, await readAssetIds(assets));
      const from = new Date(now.getTime() - recentMs).toISOString();
      const recent = prices.filter(({ priceAsOf = '' }) => isHour || priceAsOf >= from);

      const failures = await workAll(
        recent.map(({ assetId }) => assetId),
        async (assetId) => {
          await engine.workTicks(assetId);
          await engine.sweep(assetId);
          if (!isHour) return;
          await engine.reload(assetId);
          await engine.sweepDay(assetId);
        },
      );
      await engine.sweepExpiries({ everything: isHour }).catch((error: unknown) => {
        failures.push(error);
        onFailure({ error });
      });
      if (failures.length > 0) throw new AggregateError(failures, `${failures.length} parts of the work failed.`);
    },
  };
}
