import { readItems } from '@cnop/database-core';
import { sinceOf, type Order } from '@cnop/entities-order';
import { orderKey } from '@cnop/entities-order/table';
import { type AuditContext, settleDelayMs, settleRounds } from './audit-context.ts';
import type { DueOrder } from './audit-ticks.ts';
import type { BrokenInvariant } from './broken-invariant.ts';
import { hasSameTerms, watchedOrder, type WatchedOrder } from './open-triggers.ts';
import { orderFinding } from './order-findings.ts';
import { isStored, readOrder, readTick, type Stored } from './reading.ts';
import { readCheckpoint, readFirstDue, readNewestTick } from './tick-reading.ts';

/** Open orders of one asset that look as if they should not be. */
export interface TriggerSuspects {
  readonly overdue: readonly WatchedOrder[];
  readonly missed: readonly DueOrder[];
}

/** Whether an order that was read again still is what it was suspected of. */
type Recheck = (order: Stored<Order>, watched: WatchedOrder) => Promise<BrokenInvariant | undefined>;

interface Pending {
  readonly orderId: string;
  readonly recheck: Recheck;
  /** What the last round has found. */
  readonly finding?: BrokenInvariant;
}

/**
 * Reads orders again that should be over by now, as often as whoever works them off may need: an index may have shown an order late, and
 * what expires is swept now and then. What is still so in the end is reported.
 */
export async function settleTriggers(
  context: AuditContext,
  inventoryTable: string,
  { overdue, missed }: TriggerSuspects,
): Promise<void> {
  let pending: Pending[] = [
    ...overdue.map(({ orderId }) => ({ orderId, recheck: recheckOverdue(context, inventoryTable) })),
    ...missed.map((due) => ({ orderId: due.order.orderId, recheck: recheckMissed(context, inventoryTable, due) })),
  ];

  for (let round = 1; round <= settleRounds && pending.length > 0; round += 1) {
    await context.database.sleep(settleDelayMs(round));
    const orders = await readOrders(context, new Set(pending.map(({ orderId }) => orderId)));
    const still: Pending[] = [];

    for (const { orderId, recheck } of pending) {
      const order = orders.get(orderId);
      const watched = order && watchedOrder(order.value);
      const finding = watched && (await recheck(order, watched));
      if (finding) still.push({ orderId, recheck, finding });
    }
    pending = still;
  }
  context.log.report(...pending.flatMap(({ finding }) => finding ?? []));
}

async function readOrders(
  { database, ordersTable: tableName }: AuditContext,
  orderIds: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Stored<Order>>> {
  const keys = [...orderIds].map((orderId) => orderKey(orderId));
  const orders = (await readItems(database, { tableName, keys })).map(readOrder).filter(isStored);

  return new Map(orders.map((order) => [order.value.orderId, order]));
}

/** Past its expiry, with no tick left to work off before it that could still fill it. */
const recheckOverdue =
  (context: AuditContext, inventoryTable: string): Recheck =>
  async ({ value: order, raw }, watched) => {
    const { assetId, expiresAt } = watched;
    if (!context.isOverdue(watched)) return undefined;

    const rawTick = await readNewestTick(context, inventoryTable, { assetId, upTo: expiresAt });
    const tick = rawTick && readTick(rawTick);
    const checkpoint = (await readCheckpoint(context, assetId)) ?? '';
    const isPending = isStored(tick) && tick.value.asOf > sinceOf(watched) && tick.value.asOf > checkpoint;

    return isPending
      ? undefined
      : orderFinding('order-overdue', order, {
          items: [raw, rawTick],
          expected: `over at ${expiresAt}`,
          found: order.status,
        });
  };

/** Due at a tick that was worked off, by the terms that it has now. */
const recheckMissed =
  (context: AuditContext, inventoryTable: string, { order: noted, tick }: DueOrder): Recheck =>
  async ({ value: order, raw }, watched) => {
    const upTo = hasSameTerms(noted, watched) ? undefined : await readCheckpoint(context, watched.assetId);
    const due = upTo === undefined ? undefined : await readFirstDue(context, inventoryTable, { order: watched, upTo });
    const at = hasSameTerms(noted, watched) ? tick : due?.tick;

    return (
      at &&
      orderFinding('order-missed-trigger', order, {
        items: [raw],
        expected: `due at ${at.asOf}, ${at.priceMinor.toString()}`,
        found: order.status,
      })
    );
  };
