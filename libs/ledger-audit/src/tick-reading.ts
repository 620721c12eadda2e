import { queryItems, type RawItem, readItem } from '@cnop/database-core';
import { tickKey, tickSortKeys } from '@cnop/entities-inventory/table';
import { createOrderJudge, type Due } from '@cnop/entities-order';
import { fromTriggerCursorItem, triggerCheckpointKey } from '@cnop/entities-order/table';
import type { AuditContext } from './audit-context.ts';
import type { WatchedOrder } from './open-triggers.ts';
import { isStored, readTick } from './reading.ts';

/** Which ticks of an asset to read: those after one moment and up to another, by default all. */
export interface TickSpan {
  readonly after?: string | undefined;
  readonly upTo?: string | undefined;
  /** Only the newest of them. */
  readonly newest?: boolean;
}

/** The ticks of an asset as stored, the oldest first, strongly consistent, page by page. */
export function readTicks(
  { database }: AuditContext,
  inventoryTable: string,
  { assetId, after, upTo, newest = false }: TickSpan & { readonly assetId: string },
): AsyncIterable<RawItem> {
  const { from, to } = tickSortKeys({ ...(after !== undefined && { after }), ...(upTo !== undefined && { upTo }) });

  return queryItems(database, {
    TableName: inventoryTable,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':pk': tickKey(assetId, '').pk, ':from': from, ':to': to },
    ConsistentRead: true,
    ...(newest && { ScanIndexForward: false, Limit: 1 }),
  });
}

/** The newest tick of a span, if there is one. */
export async function readNewestTick(
  context: AuditContext,
  inventoryTable: string,
  span: Omit<TickSpan, 'newest'> & { readonly assetId: string },
): Promise<RawItem | undefined> {
  for await (const raw of readTicks(context, inventoryTable, { ...span, newest: true })) return raw;
  return undefined;
}

/** `asOf` up to which all ticks of an asset are worked off; `undefined` where nothing says so. */
export async function readCheckpoint(
  { database, ordersTable }: AuditContext,
  assetId: string,
): Promise<string | undefined> {
  const raw = await readItem(database, { tableName: ordersTable, key: triggerCheckpointKey(assetId) });

  try {
    return raw && fromTriggerCursorItem(raw).asOf;
  } catch {
    return undefined;
  }
}

/**
 * The first tick at which an order is due, up to one moment, by the log from the order's beginning on. Costs half a read unit for some 36
 * ticks.
 */
export async function readFirstDue(
  context: AuditContext,
  inventoryTable: string,
  { order, upTo }: { readonly order: WatchedOrder; readonly upTo: string },
): Promise<Due | undefined> {
  const { assetId, activeAsOf: after } = order;
  const judge = createOrderJudge(order);
  if (upTo <= after) return undefined;

  for await (const raw of readTicks(context, inventoryTable, { assetId, after, upTo })) {
    const tick = readTick(raw);
    const due = isStored(tick) ? judge.next(tick.value) : undefined;
    if (due || judge.isPast) return due;
  }
  return undefined;
}
