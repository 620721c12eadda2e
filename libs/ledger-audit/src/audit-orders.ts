import { type ItemKey, type RawItem, readItem, readItems, readTransaction } from '@cnop/database-core';
import { transactionKey } from '@cnop/entities-ledger/table';
import { isOpen, type Order } from '@cnop/entities-order';
import { orderKey, ordersItemKind } from '@cnop/entities-order/table';
import { type AuditContext, settleDelayMs, settleRounds } from './audit-context.ts';
import { brokenInvariant, type BrokenInvariant } from './broken-invariant.ts';
import { checkStanding } from './check-standing.ts';
import { type NamedEntries, orderEntryFindings } from './order-entry-findings.ts';
import { orderFindings } from './order-findings.ts';
import { namedTransactionIds } from './named-transactions.ts';
import { isStored, keyText, malformed, readOrder, scanSegments, type Stored, isContention } from './reading.ts';
import { createBatch } from './settle-suspects.ts';

/** DynamoDB's limit for one BatchGetItem. */
const requestLimit = 100;

/** Checks every order against itself and against the entries that it names, and notes what the open ones hold. */
export async function auditOrders(context: AuditContext): Promise<void> {
  await scanSegments(context.database, {
    request: { TableName: context.ordersTable },
    segments: context.segments,
    handle: async (items) => {
      const batch = createBatch<Stored<Order>>({
        limit: requestLimit,
        // An order that names no entry is no reason to wait for a hundred others, but takes room all the same.
        weigh: ({ value }) => Math.max(1, namedTransactionIds(value).length),
        handle: (orders) => checkOrders(context, orders),
      });

      for await (const raw of items) {
        const order = takeOrder(context, raw);
        if (order) await batch.add(order);
      }
      await batch.end();
    },
  });
}

function takeOrder({ counts, holds, triggers, log }: AuditContext, raw: RawItem): Stored<Order> | undefined {
  const kind = ordersItemKind(raw);
  if (kind !== 'order') {
    counts.others += 1;
    if (kind === 'unknown') log.report(brokenInvariant('unknown-item', { items: [raw] }));
    return undefined;
  }
  counts.orders += 1;

  const order = readOrder(raw);
  if (!isStored(order)) {
    log.report(malformed(order));
    return undefined;
  }
  if (isOpen(order.value.status)) counts.openOrders += 1;
  holds.add(order.value);
  triggers.add(order.value);
  return order;
}

async function checkOrders(context: AuditContext, orders: readonly Stored<Order>[]): Promise<void> {
  const keys = new Map(orders.flatMap(({ value }) => entryKeysOf(value)).map((key) => [keyText(key), key]));
  const entries = await readItems(context.database, { tableName: context.ledgerTable, keys: [...keys.values()] });
  const byKey = new Map(entries.map((raw) => [keyText(raw), raw]));

  for (const order of orders) {
    const suspects = findingsOf(order, namedEntries(order.value, byKey));
    if (suspects.length > 0) await recheckOrder(context, order.value.orderId, suspects);
  }
  await checkStanding(context, orders);
  context.progress();
}

const findingsOf = (order: Stored<Order>, entries: NamedEntries): BrokenInvariant[] => [
  ...orderFindings(order),
  ...orderEntryFindings(order, entries),
];

/** Order and entries as they stood at one instant decide; an order that names more than fit one request must not move meanwhile. */
async function recheckOrder(
  context: AuditContext,
  orderId: string,
  suspects: readonly BrokenInvariant[],
): Promise<void> {
  const { database, log } = context;

  for (let round = 1; round <= settleRounds; round += 1) {
    const snapshot = await readOrderSnapshot(context, orderId);

    if (snapshot !== 'moving') {
      log.report(...(snapshot ? findingsOf(snapshot.order, snapshot.entries) : []));
      return;
    }
    await database.sleep(settleDelayMs(round));
  }
  log.reportUnsettled(...suspects);
}

/** DynamoDB's limit for one TransactGetItems, less the order that is read along. */
const entriesPerRequest = 99;

/** An order and the entries that it names, as they stood together. */
export interface OrderSnapshot {
  readonly order: Stored<Order>;
  readonly entries: NamedEntries;
}

/**
 * An order with the entries that it names, by TransactGetItems: as they stood at one instant. Of an order that names more than 99
 * every request must meet the same version; else the answer is `moving`.
 */
async function readOrderSnapshot(
  context: AuditContext,
  orderId: string,
): Promise<OrderSnapshot | 'moving' | undefined> {
  const { database, ledgerTable, ordersTable } = context;
  const address = { tableName: ordersTable, key: orderKey(orderId) };
  const current = await readItem(database, address);
  const order = current && readOrder(current);
  if (!isStored(order)) return undefined;

  const keys = entryKeysOf(order.value);
  const entries: RawItem[] = [];
  for (let start = 0; start === 0 || start < keys.length; start += entriesPerRequest) {
    const addresses = keys.slice(start, start + entriesPerRequest).map((key) => ({ tableName: ledgerTable, key }));
    const read = await readTransaction(database, [address, ...addresses]).catch((error: unknown) => {
      if (isContention(error)) return undefined;
      throw error;
    });
    const [orderThen, ...entriesThen] = read ?? [];
    if (orderThen?.version !== order.value.version) return 'moving';

    entries.push(...entriesThen.filter((raw) => raw !== undefined));
  }
  return { order, entries: namedEntries(order.value, new Map(entries.map((raw) => [keyText(raw), raw]))) };
}

/** The keys of the journal entries that an order names, in the journal of its user. */
const entryKeysOf = (order: Order): ItemKey[] =>
  namedTransactionIds(order).map((id) => transactionKey(order.owner, id));

/** The entries that an order names, out of many. */
function namedEntries(order: Order, byKey: ReadonlyMap<string, RawItem>): NamedEntries {
  return new Map(
    namedTransactionIds(order).flatMap((id) => {
      const raw = byKey.get(keyText(transactionKey(order.owner, id)));
      return raw ? [[id, raw]] : [];
    }),
  );
}
