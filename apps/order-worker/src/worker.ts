import type { AssetDao } from '@cnop/dao-inventory';
import type { TriggerStateDao } from '@cnop/dao-order';
import type { OrderEngine } from '@cnop/flow-order/engine';
import type { Clock, Sleep } from '@cnop/utils';
import { createAssetLanes } from './asset-lanes.ts';
import { createAssetLeases } from './asset-leases.ts';
import { readAssetIds, readPrices } from './asset-prices.ts';
import { createPeriod } from './period.ts';
import { watchAsset, type WatchedAsset } from './watched-asset.ts';

/** What a worker could not do; it is tried again. Names assets, never owners. */
export interface WorkerProblem {
  readonly kind: 'list' | 'poll' | 'lease' | 'work' | 'expiries';
  readonly assetId?: string;
  readonly error: unknown;
  /** Which failure in a row it is, of the work on an asset. */
  readonly attempt?: number;
}

/** What {@link createWorker} takes. */
export interface WorkerOptions {
  readonly engine: OrderEngine;
  readonly assets: Pick<AssetDao, 'getAssets' | 'getAssetsByIds'>;
  readonly triggers: Pick<TriggerStateDao, 'claimLease'>;
  readonly clock: Clock;
  readonly sleep: Sleep;
  /** Names this worker among the others: no two have the same. */
  readonly holder: string;
  readonly onProblem?: (problem: WorkerProblem) => void;
  /** Assets in work at once. Default 16. */
  readonly assetsAtOnce?: number;
  /** How many assets this worker goes first with at most. Default: any number. */
  readonly maxAssets?: number;
  /** After how long without a renewal another worker goes first with an asset, in milliseconds. Default 10 000. */
  readonly leaseMs?: number;
  /** How long a worker waits for the one that went first before, in milliseconds. Default 2000. */
  readonly yieldMs?: number;
}

/** Feeds an order engine: notices ticks, and has the engine work them. What becomes of an order is the engine's business. */
export interface Worker {
  /** Passes every second until it is stopped; never rejects. */
  run(): Promise<void>;
  /**
   * One pass: looks which prices have moved, and has the assets worked that need it. Resolves without waiting for that work. Never
   * rejects. For whoever steps a worker without `run`.
   */
  pass(): Promise<void>;
  /** An asset has a new price: it is worked at once, unless another worker goes first with it. */
  signal(assetId: string, priceAsOf: string): void;
  /** Signals were lost: the next pass looks for new assets too. */
  lookAgain(): void;
  /** Resolves when nothing is in work. */
  idle(): Promise<void>;
  /** Begins nothing new, waits for what is in work, and lets others go first. */
  stop(): Promise<void>;
  status(): WorkerStatus;
}

/** For metrics and readiness. */
export interface WorkerStatus {
  /** When the prices were last looked at with success, ISO 8601 UTC. */
  readonly polledAt?: string;
  /** Assets that are watched, that this worker goes first with, and that are in work. */
  readonly assets: { readonly watched: number; readonly held: number; readonly inWork: number };
}

const passEveryMs = 1_000;
const listEveryMs = 60_000;
const everythingEveryMs = 3_600_000;
const times = { recentMs: 300_000, visitMs: 60_000, reloadMs: 600_000, dayMs: 3_600_000, maxRetryMs: 30_000 };

/** Makes a worker. Sends nothing yet. */
export function createWorker(options: WorkerOptions): Worker {
  const { engine, assets, clock, sleep, onProblem = () => undefined } = options;
  const { assetsAtOnce = 16, maxAssets = Infinity, leaseMs = 10_000, yieldMs = 2_000 } = options;
  const watched = new Map<string, WatchedAsset>();
  const listing = createPeriod(clock, listEveryMs);
  const everything = createPeriod(clock, everythingEveryMs);
  let expiries: Promise<void> | undefined;
  let polledAt: string | undefined;
  let isStopped = false;
  let tellStopped: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => (tellStopped = resolve));
  const leases = createAssetLeases({
    ...{ triggers: options.triggers, clock, holder: options.holder, leaseMs, maxAssets },
    onProblem: (problem) => {
      onProblem({ kind: 'lease', ...problem });
    },
  });

  const watch = (assetId: string): WatchedAsset => {
    const asset = watched.get(assetId) ?? watchAsset(assetId, clock, { ...times, yieldMs });
    watched.set(assetId, asset);
    return asset;
  };
  const forget = (asset: WatchedAsset) => {
    if (asset.isLoaded) engine.forget(asset.assetId);
    asset.isLoaded = false;
  };

  const work = async (asset: WatchedAsset): Promise<void> => {
    const { assetId, seenAsOf } = asset;
    if (!(await leases.hold(assetId))) {
      asset.settle(seenAsOf);
      forget(asset);
      return;
    }
    if (!asset.isLoaded) asset.reloads.restart();
    asset.isLoaded = true;
    await engine.workTicks(assetId);
    asset.settle(seenAsOf);
    asset.visits.restart();
    if (asset.isRecent) await engine.sweep(assetId);
    if (asset.reloads.isOver()) {
      await engine.reload(assetId);
      asset.reloads.restart();
    }
    if (asset.days.isOver()) {
      await engine.sweepDay(assetId);
      asset.days.restart();
    }
    asset.succeed();
  };
  const lanes = createAssetLanes({
    atOnce: assetsAtOnce,
    work: async (assetId) => {
      const asset = watch(assetId);

      await work(asset).catch((error: unknown) => {
        onProblem({ kind: 'work', assetId, error, attempt: asset.fail() });
      });
    },
  });

  const isDue = (asset: WatchedAsset): boolean => {
    if (!asset.mayTry || lanes.isBusy(asset.assetId)) return false;
    const isHeld = leases.isHeld(asset.assetId);

    return ((asset.hasNews || asset.isRecent) && (isHeld || asset.hasWaited)) || (isHeld && asset.visits.isOver());
  };
  const attempt = async (kind: WorkerProblem['kind'], step: () => Promise<void>) => {
    await step().catch((error: unknown) => {
      onProblem({ kind, error });
    });
  };
  const list = async () => {
    for (const assetId of await readAssetIds(assets)) watch(assetId);
    listing.restart();
  };
  const poll = async () => {
    for (const { assetId, priceAsOf } of await readPrices(assets, [...watched.keys()])) watch(assetId).see(priceAsOf);
    polledAt = clock.now().toISOString();
  };
  const sweepExpiries = async () => {
    const isEverything = everything.isOver();

    await attempt('expiries', async () => {
      await engine.sweepExpiries({ everything: isEverything });
      if (isEverything) everything.restart();
    });
    expiries = undefined;
  };

  const pass = async () => {
    if (isStopped) return;
    if (listing.isOver()) await attempt('list', list);
    await attempt('poll', poll);
    for (const asset of watched.values()) if (isDue(asset)) lanes.request(asset.assetId);
    // A long piece of work must not cost the lease.
    await Promise.all(lanes.inWork.filter((assetId) => leases.isHeld(assetId)).map((assetId) => leases.hold(assetId)));
    expiries ??= sweepExpiries();
  };

  let running: Promise<void> | undefined;
  const runUntilStopped = async () => {
    while (!isStopped) {
      await pass();
      await Promise.race([sleep(passEveryMs), stopped]);
    }
  };

  return {
    pass,
    run: () => (running ??= runUntilStopped()),
    signal: (assetId, priceAsOf) => {
      if (watch(assetId).see(priceAsOf) && leases.isHeld(assetId)) lanes.request(assetId);
    },
    lookAgain: () => {
      listing.end();
    },
    idle: async () => {
      await Promise.all([lanes.idle(), expiries]);
    },
    stop: async () => {
      isStopped = true;
      tellStopped();
      await running;
      await Promise.all([lanes.close(), expiries]);
      await leases.releaseAll();
    },
    status: () => ({
      ...(polledAt !== undefined && { polledAt }),
      assets: { watched: watched.size, held: leases.size, inWork: lanes.inWork.length },
    }),
  };
}
