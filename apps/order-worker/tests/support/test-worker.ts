import type { OrderEngine } from '@cnop/flow-order/engine';
import { createManualClock } from '@cnop/utils';
import { createWorker, type WorkerOptions, type WorkerProblem } from '../../src/worker.ts';

/** The leases of all workers of a test, as a table keeps them. */
export interface TestLeases {
  readonly holders: Map<string, { readonly holder: string; readonly untilMs: number }>;
  fails: boolean;
}

const createTestLeases = (): TestLeases => ({ holders: new Map(), fails: false });

/** What happens to the assets of a test. */
export interface TestMarket {
  readonly clock: ReturnType<typeof createManualClock>;
  readonly prices: Map<string, string>;
  readonly leases: TestLeases;
  /** Whether the prices cannot be read. */
  isDown: boolean;
}

export const createTestMarket = (assetIds: readonly string[] = ['BTC']): TestMarket => ({
  clock: createManualClock('2030-01-01T00:00:00.000Z'),
  prices: new Map(assetIds.map((assetId) => [assetId, '2029-12-31T23:59:00.000Z'])),
  leases: createTestLeases(),
  isDown: false,
});

/** A worker with an engine that writes down what it is asked for; a test steps it. */
export function openTestWorker(market: TestMarket, holder = 'one', options: Partial<WorkerOptions> = {}) {
  const { clock, prices, leases } = market;
  const calls: string[] = [];
  const problems: WorkerProblem[] = [];
  /** By `<call> <asset>`: what it fails with, once. */
  const failures = new Map<string, Error>();
  const note = async (call: string) => {
    await Promise.resolve();
    calls.push(call);
    const failure = failures.get(call);
    failures.delete(call);
    if (failure) throw failure;
  };
  const engine: OrderEngine = {
    workTicks: (assetId) => note(`ticks ${assetId}`),
    sweep: (assetId) => note(`sweep ${assetId}`),
    reload: (assetId) => note(`reload ${assetId}`),
    sweepDay: (assetId) => note(`sweep of the day ${assetId}`),
    sweepExpiries: ({ everything = false } = {}) => note(everything ? 'expiries of all days' : 'expiries'),
    forget: (assetId) => void calls.push(`forget ${assetId}`),
  };
  const assets = {
    getAssets: async ({ status }: { readonly status?: string }) => {
      await Promise.resolve();
      if (market.isDown) throw new Error('down');
      return { items: status === 'ACTIVE' ? [...prices.keys()].map((assetId) => ({ assetId })) : [] };
    },
    getAssetsByIds: async (ids: readonly string[]) => {
      await Promise.resolve();
      if (market.isDown) throw new Error('down');
      return { found: ids.map((assetId) => ({ assetId, priceAsOf: prices.get(assetId) })), missing: [] };
    },
  };
  const triggers = {
    claimLease: async (assetId: string, by: string, { ttlMs }: { readonly ttlMs: number }) => {
      await Promise.resolve();
      if (leases.fails) throw new Error('no lease today');
      const nowMs = clock.now().getTime();
      const lease = leases.holders.get(assetId);
      if (lease && lease.holder !== by && lease.untilMs > nowMs) return false;
      leases.holders.set(assetId, { holder: by, untilMs: nowMs + ttlMs });
      return true;
    },
  };
  const worker = createWorker({
    ...{ engine, clock, holder, triggers },
    assets: assets as unknown as WorkerOptions['assets'],
    sleep: () => new Promise(() => undefined),
    onProblem: (problem) => problems.push(problem),
    ...options,
  });
  /** Passes once, that many seconds later, and waits for the work. @returns what the engine was asked for. */
  const pass = async (seconds = 1) => {
    clock.advance(seconds * 1_000);
    calls.length = 0;
    await worker.pass();
    await worker.idle();
    return [...calls];
  };
  const passes = async (count: number, seconds = 1) => {
    const all: string[] = [];
    for (let done = 0; done < count; done += 1) all.push(...(await pass(seconds)));
    return all;
  };

  return { worker, calls, problems, failures, pass, passes };
}

/** A new price of an asset, as of now. */
export function setPrice({ prices, clock }: TestMarket, assetId = 'BTC'): string {
  const asOf = clock.now().toISOString();
  prices.set(assetId, asOf);

  return asOf;
}

/** Of some calls those about ticks. */
export const ticksOf = (calls: readonly string[]): string[] => calls.filter((call) => call.startsWith('ticks '));
