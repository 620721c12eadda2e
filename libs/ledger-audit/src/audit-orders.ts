import { readItems, type RawItem } from '@cnop/database-core';
import { isOpen, type Order } from '@cnop/entities-order';
import { ordersItemKind } from '@cnop/entities-order/table';
import { settleDelayMs, settleRounds, type AuditContext } from './audit-context.ts';
import { createBatch } from './batch.ts';
import type { BrokenInvariant } from './broken-invariant.ts';
import { namedTransactionIds } from './named-transactions.ts';
import { orderEntryFindings, type NamedEntries } from './order-entry-findings.ts';
import { orderFindings } from './order-findings.ts';
import { entryKeysOf, keyText, namedEntries, readOrderSnapshot } from './order-snapshot.ts';
import { isStored, malformed, readOrder, type Stored } from './reading.ts';
import { scanSegments } from './scan-segments.ts';

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

function takeOrder({ counts, holds, log }: AuditContext, raw: RawItem): Stored<Order> | undefined {
  if (ordersItemKind(raw) === 'unknown') {
    counts.others += 1;
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
