import { readItems } from '@cnop/database-core';
import type { BalanceTransaction } from '@cnop/entities-ledger';
import { transactionKey } from '@cnop/entities-ledger/table';
import { orderKey } from '@cnop/entities-order/table';
import type { AuditContext } from './audit-context.ts';
import type { BrokenInvariant } from './broken-invariant.ts';
import { entryOrderFindings } from './entry-findings.ts';
import { isStored, readEntry, readOrder, type Stored } from './reading.ts';
import { readPair } from './read-pair.ts';

type OrderEntry = Stored<BalanceTransaction & { readonly orderId: string }>;

/** Checks that the orders which entries name exist, are of the same user and name the entries back. */
export async function checkEntryOrders(context: AuditContext, entries: readonly OrderEntry[]): Promise<void> {
  const { database, ordersTable } = context;
  const orderIds = [...new Set(entries.map(({ value }) => value.orderId))];
  const keys = orderIds.map((orderId) => orderKey(orderId));
  const orders = await readItems(database, { tableName: ordersTable, keys });
  const byKey = new Map(orders.map((raw) => [raw.pk, raw]));

  for (const entry of entries) {
    const order = byKey.get(orderKey(entry.value.orderId).pk);
    const suspects = findingsOf(entry, order);
    if (suspects.length > 0) await recheck(context, entry, suspects);
  }
}

/** An order that cannot be read is reported with its table. */
function findingsOf(
  entry: Stored<BalanceTransaction>,
  rawOrder: Stored<unknown>['raw'] | undefined,
): BrokenInvariant[] {
  const order = rawOrder && readOrder(rawOrder);

  return order === undefined || isStored(order) ? entryOrderFindings(entry, order) : [];
}

async function recheck(
  context: AuditContext,
  { value: { owner, transactionId, orderId } }: OrderEntry,
  suspects: readonly BrokenInvariant[],
): Promise<void> {
  const { log, ledgerTable, ordersTable } = context;
  const pair = await readPair(context, [
    { tableName: ledgerTable, key: transactionKey(owner, transactionId) },
    { tableName: ordersTable, key: orderKey(orderId) },
  ]);
  if (!pair) {
    log.reportUnsettled(...suspects);
    return;
  }
  const [rawEntry, rawOrder] = pair;
  const entry = rawEntry && readEntry(rawEntry);

  if (isStored(entry)) log.report(...findingsOf(entry, rawOrder));
}
