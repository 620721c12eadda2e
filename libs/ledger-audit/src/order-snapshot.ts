import { readItem, readTransaction, type ItemKey, type RawItem } from '@cnop/database-core';
import type { Order } from '@cnop/entities-order';
import { orderKey } from '@cnop/entities-order/table';
import { transactionKey } from '@cnop/entities-ledger/table';
import type { AuditContext } from './audit-context.ts';
import { isContention } from './is-contention.ts';
import { namedTransactionIds } from './named-transactions.ts';
import type { NamedEntries } from './order-entry-findings.ts';
import { isStored, readOrder, type Stored } from './reading.ts';

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
export async function readOrderSnapshot(
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
export const entryKeysOf = (order: Order): ItemKey[] =>
  namedTransactionIds(order).map((id) => transactionKey(order.owner, id));

/** A key as one text. */
export const keyText = ({ pk, sk }: RawItem): string => `${String(pk)} ${String(sk)}`;

/** The entries that an order names, out of many. */
export function namedEntries(order: Order, byKey: ReadonlyMap<string, RawItem>): NamedEntries {
  return new Map(
    namedTransactionIds(order).flatMap((id) => {
      const raw = byKey.get(keyText(transactionKey(order.owner, id)));
      return raw ? [[id, raw]] : [];
    }),
  );
}
