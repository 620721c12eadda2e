import { type ItemAddress, type ItemKey, type RawItem, readItems } from '@cnop/database-core';
import { assetKey, tickKey } from '@cnop/entities-inventory/table';
import { exitIdFor, isOpen, type Order } from '@cnop/entities-order';
import { orderKey } from '@cnop/entities-order/table';
import type { AuditContext } from './audit-context.ts';
import type { BrokenInvariant } from './broken-invariant.ts';
import { checkTrailFills } from './check-trail-fills.ts';
import { tickFillFindings } from './fill-findings.ts';
import { orderFinding } from './order-findings.ts';
import { isStored, keyText, readAsset, readOrder, readTogether, type Stored } from './reading.ts';
import { triggerKeyFindings } from './trigger-key-findings.ts';

/** Items of other orders, assets and ticks, by their tables and keys. */
type Related = ReadonlyMap<string, RawItem>;

/** Checks orders against what they follow from besides their entries: their keys, the entry of an exit, the ticks that filled them. */
export async function checkStanding(context: AuditContext, orders: readonly Stored<Order>[]): Promise<void> {
  const related = await readRelated(context, orders);

  for (const order of orders) {
    const suspects = findingsOf(context, order, related);
    if (suspects.length > 0) await recheck(context, order, suspects);
  }
  const { judgesTriggers, inventoryTable } = context;
  if (judgesTriggers && inventoryTable !== undefined) await checkTrailFills(context, inventoryTable, orders);
}

const nameOf = ({ tableName, key }: ItemAddress): string => `${tableName} ${keyText(key)}`;

/** Where that is which an order is checked against. Without an inventory there are neither assets nor ticks. */
function relatedTo({ ordersTable, inventoryTable }: AuditContext, order: Order): ItemAddress[] {
  const { parentOrderId, assetId, status, fills } = order;
  const parents = parentOrderId === undefined ? [] : [orderKey(parentOrderId)];
  const ticks = fills.flatMap(({ tickAsOf }) => (tickAsOf === undefined ? [] : [tickKey(assetId, tickAsOf)]));
  const assets = isOpen(status) && order.activeAsOf !== undefined ? [assetKey(assetId)] : [];
  const within = (tableName: string, keys: readonly ItemKey[]) => keys.map((key) => ({ tableName, key }));

  return [
    ...within(ordersTable, parents),
    ...(inventoryTable === undefined ? [] : within(inventoryTable, [...assets, ...ticks])),
  ];
}

async function readRelated(context: AuditContext, orders: readonly Stored<Order>[]): Promise<Related> {
  const addresses = orders.flatMap(({ value }) => relatedTo(context, value));
  const unique = [...new Map(addresses.map((address) => [nameOf(address), address])).values()];
  const related = new Map<string, RawItem>();

  for (const tableName of new Set(unique.map((address) => address.tableName))) {
    const keys = unique.filter((address) => address.tableName === tableName).map(({ key }) => key);
    const items = await readItems(context.database, { tableName, keys });
    for (const raw of items) related.set(`${tableName} ${keyText(raw)}`, raw);
  }
  return related;
}

/** The order and what it is checked against as they stood at one instant decide. */
async function recheck(
  context: AuditContext,
  { value: { orderId, ...order } }: Stored<Order>,
  suspects: readonly BrokenInvariant[],
): Promise<void> {
  const { log, ordersTable: tableName } = context;
  const addresses = [{ tableName, key: orderKey(orderId) }, ...relatedTo(context, { orderId, ...order })];
  const items = await readTogether(context, addresses);
  if (!items) {
    log.reportUnsettled(...suspects);
    return;
  }
  const related = new Map(
    addresses.flatMap((address, index): [string, RawItem][] => {
      const raw = items[index];
      return raw ? [[nameOf(address), raw]] : [];
    }),
  );
  const [rawOrder] = items;
  const then = rawOrder && readOrder(rawOrder);

  if (isStored(then)) log.report(...findingsOf(context, then, related));
}

function findingsOf(context: AuditContext, order: Stored<Order>, related: Related): BrokenInvariant[] {
  const { ordersTable, inventoryTable, expiryShards, database } = context;
  const { assetId, parentOrderId } = order.value;
  const find = (tableName: string, key: ItemKey) => related.get(nameOf({ tableName, key }));
  const parent = parentOrderId === undefined ? undefined : find(ordersTable, orderKey(parentOrderId));

  return [
    ...parentFindings(order, parent),
    ...triggerKeyFindings(order, {
      trigger: readShardsOf(inventoryTable, (table) => find(table, assetKey(assetId))),
      expiry: expiryShards,
    }),
    ...(inventoryTable === undefined
      ? []
      : tickFillFindings(order, {
          tickOf: (asOf) => find(inventoryTable, tickKey(assetId, asOf)),
          now: database.clock.now(),
        })),
  ];
}

/** In how many parts of the price indexes the orders of an asset are looked for. */
function readShardsOf(
  inventoryTable: string | undefined,
  assetIn: (table: string) => RawItem | undefined,
): number | undefined {
  if (inventoryTable === undefined) return undefined;
  const raw = assetIn(inventoryTable);
  const asset = raw && readAsset(raw);

  return isStored(asset) ? (asset.value.triggerReadShards ?? 1) : undefined;
}

/** An exit is one of those that its entry names, at the place that its id follows from. */
function parentFindings({ value: exit, raw }: Stored<Order>, rawParent: RawItem | undefined): BrokenInvariant[] {
  const { parentOrderId, orderId, owner } = exit;
  if (parentOrderId === undefined) return [];
  if (!rawParent) return [orderFinding('parent-missing', exit, { items: [raw], expected: parentOrderId })];

  const parent = readOrder(rawParent);
  if (!isStored(parent)) return [];
  const { exits = [], owner: parentOwner } = parent.value;
  const isNamed = exits.some(
    (each, index) => each.orderId === orderId && orderId === exitIdFor(parentOrderId, index + 1),
  );
  if (isNamed && parentOwner === owner) return [];

  const found = exits.map((each) => each.orderId).join(', ');
  return [
    orderFinding('parent-missing', exit, {
      items: [raw, rawParent],
      expected: orderId,
      found: parentOwner === owner ? found : `an entry of ${parentOwner}`,
    }),
  ];
}
