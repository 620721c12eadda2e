import type { Asset, Tick } from '@cnop/entities-inventory';
import { isOpen, isStanding, type Order } from '@cnop/entities-order';
import type { EngineContext } from './engine-context.ts';
import { executeDue, expire, finish, inOrderOfWork, type DueOrder } from './execute-due.ts';
import { findByPrice } from './find-orders.ts';
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
    const trails = createTrails(context, asset, checkpoint);
    await trails.load();

    const saved = { asOf: checkpoint?.asOf ?? '', at: context.clock.now().getTime(), ticks: 0 };
    return { window: createTickWindow(assets, assetId, windowMs), trails, cursor: checkpoint?.asOf, saved };
  };

  const workBatch = async (asset: Asset, ticks: readonly Tick[], known: Knowledge) => {
    const { window, trails } = known;
    window.add(ticks);
    await trails.loadNew();
    const batch: TickBatch = { ticks, after: known.cursor, ladders: trails.ladders(), window };
    const reached = trails.climb(ticks);
    const search = { assetId, ticks, shards: asset.triggerReadShards ?? 1 };

    for await (const found of findByPrice(context, search)) await workFound(found, batch, asset);
    for (const chunk of chunksOf(reached)) await workFound(await readOpen(chunk, trails), batch, asset);

    known.cursor = ticks.at(-1)?.asOf ?? known.cursor;
    await saveNowAndThen(ticks.length, known);
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
    observer.ticksWorked?.({ assetId, upTo: priceAsOf, depth: known.trails.depth, trails: known.trails.size });
  };

  const sweep = async ({ window, trails }: Knowledge, asset: Asset) => {
    const ticks = window.ofLast(sweepMs);
    const [first] = ticks;
    if (!first) return;
    const batch: TickBatch = { ticks, after: undefined, ladders: trails.ladders(), window };
    const from = Date.parse(first.acceptedAt) - lateVisibilityMs;
    const isRecent = ({ updatedAt }: Order) => Date.parse(updatedAt) >= from;
    let late = 0;

    for await (const found of findByPrice(context, { assetId, ticks, shards: asset.triggerReadShards ?? 1 }))
      late += await workFound(found.filter(isRecent), batch, asset);
    for (const chunk of chunksOf(await trails.loadNew()))
      late += await workFound(await readOpen(chunk, trails), batch, asset);
    if (late > 0) observer.foundLate?.({ assetId, count: late });
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
    get cursor() {
      return unfinished.size > 0 ? undefined : knowledge?.cursor;
    },
  };
}

/** How many orders are read at a time. */
const readSize = 100;

function* chunksOf(orderIds: readonly string[]): Generator<readonly string[], void> {
  for (let start = 0; start < orderIds.length; start += readSize) yield orderIds.slice(start, start + readSize);
}
