import type { Asset, Tick } from '@cnop/entities-inventory';
import {
  fallUpTo,
  isOpen,
  isStanding,
  openKeysOf,
  riseUpTo,
  type Order,
  type StandingOrder,
} from '@cnop/entities-order';
import type { EngineContext } from './engine-context.ts';
import { executeDue, expire, finish, inOrderOfWork, type DueOrder } from './execute-due.ts';
import { createDailyExtremes, type DailyExtremes } from './daily-extremes.ts';
import { extremesOf, findByPrice, type PriceExtremes } from './find-orders.ts';
import { judgeInWindow, type TickBatch } from './judge-in-window.ts';
import { lateVisibilityMs } from '../standing/judge-by-log.ts';
import { createTickWindow, type TickWindow } from './tick-window.ts';
import { createTrails, type Trails } from './trails.ts';
import { createUnfinished } from './unfinished.ts';

/** Works the ticks of one asset, in order, from where it or another worker left off. */
export interface AssetWorker {
  /** Works the log from the cursor to the newest tick. Calls must not overlap. */
  workTicks(): Promise<void>;
  /** Looks again for orders that an index showed late, at the ticks of the last minutes. Calls must not overlap with the other. */
  sweep(): Promise<void>;
  /** The same at the prices of the last day, from each order's beginning: for an index that was very late. */
  sweepDay(): Promise<void>;
  /** Reads all trails anew; one that was not known is judged from its beginning. */
  reload(): Promise<void>;
  /** The tick up to which all is worked off, but for what is unfinished. */
  readonly cursor: string | undefined;
}

/** Ticks in work at once: those of a backlog are searched for together. */
const batchSize = 500;
/** How long ticks are kept in memory. */
const windowMs = 600_000;
/** Which ticks a sweep looks at. */
const sweepMs = 300_000;

/** What a worker knows of its asset; where a call fails, it is forgotten, and the next one begins at the checkpoint. */
interface Knowledge {
  readonly window: TickWindow;
  readonly trails: Trails;
  readonly day: DailyExtremes;
  cursor: string | undefined;
  saved: { readonly asOf: string; readonly at: number; readonly ticks: number };
}

/** Makes the worker of an asset. Sends nothing before its first call. */
export function createAssetWorker(context: EngineContext, assetId: string): AssetWorker {
  const { assets, observer } = context;
  const unfinished = createUnfinished(context);
  let knowledge: Knowledge | undefined;

  const begin = async (asset: Asset): Promise<Knowledge> => {
    const checkpoint = await context.triggers.loadCheckpoint(assetId);
    const trails = createTrails(context.orders, asset, checkpoint);
    await trails.load(shardsOf(asset));

    const saved = { asOf: checkpoint?.asOf ?? '', at: context.clock.now().getTime(), ticks: 0 };
    const window = createTickWindow(assets, assetId, windowMs);
    const known = { window, trails, day: createDailyExtremes(), cursor: checkpoint?.asOf, saved };
    if (checkpoint) await lookBack(asset, known, checkpoint.asOf);
    return known;
  };

  /** What an index had not shown yet when another worker left off, or died, is found at the ticks of its last minutes. */
  const lookBack = async (asset: Asset, known: Knowledge, upTo: string) => {
    const from = new Date(Date.parse(upTo) - windowMs).toISOString();
    let cursor: string | undefined;

    do {
      const page = await assets.getTicks({
        assetId,
        from,
        to: upTo,
        limit: 100,
        ...(cursor !== undefined && { cursor }),
      });
      known.window.add(page.items);
      known.day.add(page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    const [first] = known.window.ofLast(windowMs);
    if (!first) return;
    // Where ticks are rare, a trail that was placed since began at the tick before.
    const begun = known.trails.begunSince(Date.parse(first.previousAsOf ?? first.asOf));
    await sweepWindow(known, asset, { ticks: known.window.ofLast(windowMs), trails: begun });
  };

  const workBatch = async (asset: Asset, ticks: readonly Tick[], known: Knowledge) => {
    const { window, trails } = known;
    window.add(ticks);
    await trails.loadNew(shardsOf(asset));
    const batch: TickBatch = { ticks, after: known.cursor, ladders: trails.ladders(), window };
    const reached = trails.climb(ticks);
    const search = searchOf(asset, extremesOf(ticks));
    known.day.add(ticks);

    for await (const found of findByPrice(context, search)) await workFound(found, batch, asset);
    for (const chunk of chunksOf(reached)) await workFound(await readOpen(chunk, trails), batch, asset);

    known.cursor = ticks.at(-1)?.asOf ?? known.cursor;
    await saveNowAndThen(ticks.length, known);
    observer.ticksWorked?.({ assetId, ticks, depth: trails.depth, trails: trails.size });
  };

  const readOpen = async (orderIds: readonly string[], trails: Trails): Promise<Order[]> => {
    const orders = await context.orders.getOrdersByIds(orderIds);
    const stillTrail = new Set(
      orders
        .filter(({ status, triggeredAt }) => isOpen(status) && triggeredAt === undefined)
        .map(({ orderId }) => orderId),
    );
    for (const orderId of orderIds) if (!stillTrail.has(orderId)) trails.remove(orderId);

    return orders;
  };

  /** Judges what was found, and executes what is due: owners side by side, one order at a time for each. */
  const workFound = async (found: readonly Order[], batch: TickBatch, asset: Asset): Promise<number> => {
    const due: DueOrder[] = [];
    const past: Order[] = [];

    for (const order of found.filter(isStanding)) {
      if (!isOpen(order.status) || order.setAsideAt !== undefined || order.execution === 'VENUE') continue;
      const judged = await judgeInWindow(order, batch);
      if (judged.due) due.push({ order, due: judged.due });
      else if (judged.isPast) past.push(order);
    }
    if (due.length > 0) observer.ordersDue?.({ assetId, count: due.length });
    const works = [
      ...past.map((order) => ({ order, run: async () => [await expire(context, order)] })),
      ...inOrderOfWork(due).map((work) => ({
        order: work.order,
        run: () => executeDue(context, work, { batch, triggers: asset }),
      })),
    ];
    await unfinished.runAll(works);
    return works.length;
  };

  const saveNowAndThen = async (worked: number, known: Knowledge) => {
    const now = context.clock.now().getTime();
    const { cursor, saved } = known;
    const ticks = saved.ticks + worked;
    known.saved = { ...saved, ticks };
    const isTime = ticks >= context.checkpointEveryTicks || now - saved.at >= context.checkpointEveryMs;
    if (!isTime || cursor === undefined || cursor === saved.asOf || unfinished.size > 0) return;

    await context.triggers.saveCheckpoint(assetId, { asOf: cursor, ...known.trails.pruned(cursor) });
    known.saved = { asOf: cursor, at: now, ticks: 0 };
  };

  const workTicks = async (known: Knowledge, asset: Asset) => {
    const { priceAsOf } = asset;
    await unfinished.retry((orderId) => finish(context, orderId));
    if (priceAsOf === undefined || (known.cursor !== undefined && known.cursor >= priceAsOf)) return;

    const after = known.cursor === undefined ? {} : { after: known.cursor };
    let ticks: Tick[] = [];
    for await (const tick of assets.ticks({ assetId, ...after, upTo: priceAsOf })) {
      ticks.push(tick);
      if (ticks.length < batchSize) continue;
      await workBatch(asset, ticks, known);
      ticks = [];
    }
    if (ticks.length > 0) await workBatch(asset, ticks, known);
  };

  const sweep = async (known: Knowledge, asset: Asset) => {
    const ticks = known.window.ofLast(sweepMs);
    if (ticks.length > 0)
      await sweepWindow(known, asset, { ticks, trails: await known.trails.loadNew(shardsOf(asset)) });
  };

  /** Judges what was written lately over ticks that are worked off. */
  const sweepWindow = async (
    { window, trails }: Knowledge,
    asset: Asset,
    late: { readonly ticks: readonly Tick[]; readonly trails: readonly string[] },
  ) => {
    const batch: TickBatch = { ticks: late.ticks, after: undefined, ladders: trails.ladders(), window };
    const from = Date.parse(late.ticks[0]?.acceptedAt ?? '') - lateVisibilityMs;
    const isRecent = ({ updatedAt }: Order) => Date.parse(updatedAt) >= from;
    let count = 0;

    for await (const found of findByPrice(context, searchOf(asset, extremesOf(late.ticks))))
      count += await workFound(found.filter(isRecent), batch, asset);
    for (const chunk of chunksOf(late.trails)) count += await workFound(await readOpen(chunk, trails), batch, asset);
    if (count > 0) observer.foundLate?.({ assetId, count });
  };

  /** Of what the prices of the last day could have made due, each order is judged from its beginning. */
  const sweepDay = async ({ day }: Knowledge, asset: Asset) => {
    let late = 0;

    for await (const found of findByPrice(context, searchOf(asset, day.since(0)))) {
      const works = found
        .filter((order) => order.setAsideAt === undefined && isReached(order, day.since(Date.parse(order.activeAsOf))))
        .map((order) => ({ order, run: () => finishMoved(order) }));
      await unfinished.runAll(works);
      late += works.length;
    }
    if (late > 0) observer.sweptDay?.({ assetId, judged: late });
  };

  const reload = async ({ trails }: Knowledge, asset: Asset) => {
    for (const chunk of chunksOf(await trails.load(shardsOf(asset)))) {
      const found = (await readOpen(chunk, trails)).filter((order) => isOpen(order.status));
      await unfinished.runAll(found.map((order) => ({ order, run: () => finishMoved(order) })));
    }
  };

  /** Does all that is due of an order by the log. @returns the order, if that has moved it. */
  const finishMoved = async (order: Order): Promise<Order[]> => {
    const finished = await finish(context, order.orderId);

    return finished.version === order.version ? [] : [finished];
  };

  /** What fails halfway may have moved the watermarks past ticks that are not worked off: then all begins at the checkpoint. */
  const orForget = async (work: (known: Knowledge, asset: Asset) => Promise<void>) => {
    try {
      const asset = await assets.getAsset(assetId);
      knowledge ??= await begin(asset);
      await work(knowledge, asset);
    } catch (error) {
      knowledge = undefined;
      throw error;
    }
  };

  return {
    workTicks: () => orForget(workTicks),
    sweep: () => orForget(sweep),
    sweepDay: () => orForget(sweepDay),
    reload: () => orForget(reload),
    get cursor() {
      return unfinished.size > 0 ? undefined : knowledge?.cursor;
    },
  };
}

/** How many parts of an index are read. */
const shardsOf = ({ triggerReadShards = 1 }: Asset): number => triggerReadShards;

const searchOf = (asset: Asset, extremes: PriceExtremes | undefined) => ({
  assetId: asset.assetId,
  shards: shardsOf(asset),
  extremes,
});

/** Whether a price within the extremes may trigger an order, by what it is found by. */
const isReached = (order: StandingOrder, extremes: PriceExtremes | undefined): boolean => {
  if (!extremes) return false;
  const { riseSort, fallSort } = openKeysOf(order, { trigger: 1, expiry: 1 });
  const rises = riseSort !== undefined && riseSort <= riseUpTo(extremes.highest);

  return rises || (fallSort !== undefined && fallSort <= fallUpTo(extremes.lowest));
};

/** How many orders are read at a time. */
const readSize = 100;

function* chunksOf(orderIds: readonly string[]): Generator<readonly string[], void> {
  for (let start = 0; start < orderIds.length; start += readSize) yield orderIds.slice(start, start + readSize);
}
