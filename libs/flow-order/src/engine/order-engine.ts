import { assertWholeSetting } from '@cnop/validation';
import { createContext } from '../create-context.ts';
import type { OrderFlowOptions } from '../order-flow-context.ts';
import { createAssetWorker, type AssetWorker } from './asset-worker.ts';
import type { EngineContext, EngineObserver } from './engine-context.ts';
import { sweepExpiries } from './expiries.ts';
import { createUnfinished } from './unfinished.ts';

/** What an order engine works with. The settings of orders are those of the flow that places them. */
export interface OrderEngineOptions extends Omit<OrderFlowOptions, 'priceSource' | 'feeSchedule' | 'accountQueue'> {
  readonly observer?: EngineObserver;
  /** Owners whose orders are executed side by side. Default 8. */
  readonly ownersAtOnce?: number;
  /** A checkpoint is written after that many ticks. Default 100. */
  readonly checkpointEveryTicks?: number;
  /** A checkpoint is written at the first tick after that long, in milliseconds. Default 10 000. */
  readonly checkpointEveryMs?: number;
}

/**
 * Finds the standing orders that ticks make due, and executes, fails or expires them. It only finds: what becomes of an order follows
 * from the log of ticks and the order alone. So any number of engines may work at once, repeat one another, lag or stop at any point.
 */
export interface OrderEngine {
  /**
   * Works the ticks of an asset in order, from the cursor of its checkpoint to the newest one. Costs half a read unit a part of each
   * price index and 1 for the asset; 1 read unit for a trailing stop that is reached; 14 write units and index units for an order that
   * is filled.
   *
   * Calls for one asset take turns; assets do not wait for one another. What could not be finished goes on with the next call.
   *
   * @throws AssetNotFoundError, TickLogGapError, DatabaseUnavailableError, ThrottledError, DatabaseError: work that was begun goes on with
   *   the next call.
   */
  workTicks(assetId: string): Promise<void>;
  /** Looks again, over the ticks of the last 5 minutes, for orders of an asset that an index showed late. */
  sweep(assetId: string): Promise<void>;
  /**
   * Looks again at the prices of the last day, as far as this engine has worked them, and judges what they may have made due from its
   * beginning: once an hour, for an index that was very late. Costs the log of each order that is judged.
   */
  sweepDay(assetId: string): Promise<void>;
  /**
   * Reads all open trailing stops of an asset anew: every 10 minutes, for an index that was very late. What was not known is judged from
   * its beginning, what is over is dropped. Costs half a read unit for 27 trails or so.
   */
  reload(assetId: string): Promise<void>;
  /**
   * Expires what no tick can make due any more, of all assets.
   *
   * @param options - `everything` looks through the last 7 days, whatever was swept before.
   */
  sweepExpiries(options?: { readonly everything?: boolean }): Promise<void>;
  /** Forgets what is known of an asset: the next call begins at its checkpoint. */
  forget(assetId: string): void;
}

/**
 * Makes an engine over a database. Sends nothing.
 *
 * @throws ConfigurationError naming the setting.
 * @example
 * const engine = createOrderEngine({ database });
 * await engine.workTicks('MSFT');
 */
export function createOrderEngine(options: OrderEngineOptions): OrderEngine {
  const { observer = {}, ownersAtOnce = 8, checkpointEveryTicks = 100, checkpointEveryMs = 10_000 } = options;
  assertWholeSetting('ownersAtOnce', ownersAtOnce, { from: 1 });
  assertWholeSetting('checkpointEveryTicks', checkpointEveryTicks, { from: 1 });
  assertWholeSetting('checkpointEveryMs', checkpointEveryMs, { from: 0 });

  const limits = { ownersAtOnce, checkpointEveryTicks, checkpointEveryMs };
  const context: EngineContext = { ...createContext(options), observer, ...limits };
  const unfinished = createUnfinished(context);
  const workers = new Map<string, { readonly worker: AssetWorker; last: Promise<unknown> }>();

  /** Calls for one asset take turns. */
  const inTurn = async (assetId: string, work: (worker: AssetWorker) => Promise<void>) => {
    const entry = workers.get(assetId) ?? { worker: createAssetWorker(context, assetId), last: Promise.resolve() };
    workers.set(assetId, entry);
    const turn = entry.last.then(() => work(entry.worker));
    entry.last = turn.catch(() => undefined);

    await turn;
  };

  return {
    workTicks: (assetId) => inTurn(assetId, (worker) => worker.workTicks()),
    sweep: (assetId) => inTurn(assetId, (worker) => worker.sweep()),
    sweepDay: (assetId) => inTurn(assetId, (worker) => worker.sweepDay()),
    reload: (assetId) => inTurn(assetId, (worker) => worker.reload()),
    sweepExpiries: (sweep) =>
      sweepExpiries(context, {
        now: context.clock.now(),
        cursorOf: (assetId) => workers.get(assetId)?.worker.cursor,
        unfinished,
        everything: sweep?.everything ?? false,
      }),
    forget: (assetId) => {
      workers.delete(assetId);
    },
  };
}
