import { isOpen } from '@cnop/entities-order';
import type { EngineContext } from './engine-context.ts';
import { expire, finish } from './execute-due.ts';
import type { Unfinished } from './unfinished.ts';

const HOUR_MS = 3_600_000;
/** The checkpoint leaves an hour when it ended so long ago, and is empty. */
const hourIsOverMs = 2 * HOUR_MS;

const hourOf = (ms: number): string => new Date(ms).toISOString().slice(0, 'yyyy-mm-ddThh'.length);

/** What the sweep of expiries asks of the workers of assets. */
export interface ExpirySweep {
  readonly now: Date;
  /** The tick up to which an asset is worked off, by this process or another one; `undefined` where none was. */
  cursorOf(assetId: string): string | undefined;
  readonly unfinished: Unfinished;
  /** Whether all of the last days are looked through, instead of what the checkpoint leaves. */
  readonly everything?: boolean;
}

/** How far back everything goes. */
const everythingMs = 7 * 24 * HOUR_MS;

/**
 * Expires the orders that no tick can make due any more: those whose expiry a tick has reached that is worked off, and those whose expiry
 * and its grace our clock has passed. One that a venue executes is asked to end, without grace.
 */
export async function sweepExpiries(context: EngineContext, sweep: ExpirySweep): Promise<void> {
  const nowMs = sweep.now.getTime();
  const upToMs = nowMs + context.maxPriceAheadMs;
  const stored = sweep.everything ? undefined : await context.triggers.loadExpiryHour();
  const fromMs = Date.parse(`${stored ?? hourOf(nowMs - everythingMs)}:00:00.000Z`);
  let emptyUpTo: string | undefined;
  let isEmptySoFar = true;

  // Work that was left would keep all later work of its owner waiting.
  await sweep.unfinished.retry((orderId) => finish(context, orderId));
  for (let hourMs = fromMs; hourMs <= upToMs; hourMs += HOUR_MS) {
    const left = await sweepHour(context, { ...sweep, hour: hourOf(hourMs), upToMs });
    isEmptySoFar &&= left === 0;
    if (isEmptySoFar && hourMs + HOUR_MS + hourIsOverMs <= nowMs) emptyUpTo = hourOf(hourMs + HOUR_MS);
  }
  if (emptyUpTo !== undefined && !sweep.everything) await context.triggers.saveExpiryHour(emptyUpTo);
}

/** A sweep of one hour. */
interface HourSweep extends ExpirySweep {
  readonly hour: string;
  /** How far ahead of our clock a tick may be, and so an expiry that it has reached. */
  readonly upToMs: number;
}

/** @returns how many orders of the hour are still open. */
async function sweepHour(context: EngineContext, sweep: HourSweep): Promise<number> {
  const [now, upTo] = [sweep.now.toISOString(), new Date(sweep.upToMs).toISOString()];
  let left = 0;

  for (let shard = 0; shard < context.expiryShards; shard += 1) {
    for await (const entry of context.orders.expiryEntries({ hour: sweep.hour, shard, upTo })) {
      if (entry.expiresAt > now && !mayExpire(context, entry, sweep)) continue;
      const order = await context.orders.findOrder(entry.orderId);
      if (!order || !isOpen(order.status) || order.endRequested) continue;
      if (order.execution === 'VENUE' || mayExpire(context, entry, sweep))
        await sweep.unfinished.runAll([{ order, run: async () => [await expire(context, order)] }]);
      else left += 1;
    }
  }
  return left;
}

function mayExpire(
  { expiryGraceMs }: EngineContext,
  { assetId, expiresAt }: { readonly assetId: string; readonly expiresAt: string },
  sweep: ExpirySweep,
): boolean {
  const cursor = sweep.cursorOf(assetId);

  return (cursor !== undefined && cursor >= expiresAt) || sweep.now.getTime() >= Date.parse(expiresAt) + expiryGraceMs;
}
