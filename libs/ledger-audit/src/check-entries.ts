import { type RawItem, readItems } from '@cnop/database-core';
import { type BalanceTransaction, journalShapeProblem } from '@cnop/entities-ledger';
import { transactionKey } from '@cnop/entities-ledger/table';
import type { Order } from '@cnop/entities-order';
import { orderKey } from '@cnop/entities-order/table';
import type { AuditContext } from './audit-context.ts';
import { type BrokenInvariant, brokenInvariant } from './broken-invariant.ts';
import { itemFindings, namesInEntry } from './item-findings.ts';
import { namedTransactions } from './named-transactions.ts';
import { isStored, readEntry, readOrder, readPair, type Stored } from './reading.ts';

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

/** Types of which a FAILED entry may be put so that a write of unknown outcome can no longer land. It moves nothing. */
const fenced: ReadonlySet<string> = new Set(['WITHDRAW', 'SYSTEM_ADJUSTMENT', 'TRANSFER']);

/** What is wrong with a journal entry by itself: its status, its shape, its names, its times. */
export function entryFindings({ value: entry, raw }: Stored<BalanceTransaction>): BrokenInvariant[] {
  const about = { owner: entry.owner, transactionId: entry.transactionId, orderId: entry.orderId, items: [raw] };
  const problem = journalShapeProblem({ ...entry, status: 'COMPLETED' });

  return [
    ...(hasLegalStatus(entry) ? [] : [brokenInvariant('entry-status-illegal', { ...about, found: entry.status })]),
    ...(problem === undefined ? [] : [brokenInvariant('entry-shape-wrong', { ...about, found: problem })]),
    ...itemFindings(namesInEntry(entry), { ...about, times: entry }),
  ];
}

const hasLegalStatus = ({ transactionType, status }: BalanceTransaction): boolean =>
  status === 'COMPLETED' || transactionType === 'DEPOSIT' || (status === 'FAILED' && fenced.has(transactionType));

/** Whether the entry belongs to an order, so that the two have to name each other. */
export const belongsToOrder = (
  entry: Stored<BalanceTransaction>,
): entry is Stored<BalanceTransaction & { readonly orderId: string }> =>
  entry.value.orderId !== undefined && entry.value.transactionType.startsWith('ORDER_');

/** What is wrong between a journal entry and the order that it names. */
function entryOrderFindings(
  { value: entry, raw }: Stored<BalanceTransaction>,
  order: Stored<Order> | undefined,
): BrokenInvariant[] {
  const { owner, transactionId, orderId, transactionType } = entry;
  const about = { owner, transactionId, orderId };
  const items: (RawItem | undefined)[] = [raw, order?.raw];

  if (!order) return [brokenInvariant('entry-names-missing-order', { ...about, items })];
  if (order.value.owner !== owner) {
    return [
      brokenInvariant('entry-names-foreign-order', {
        ...about,
        items,
        expected: owner,
        found: order.value.owner,
      }),
    ];
  }
  const isNamed = namedTransactions(order.value).some(
    (named) => named.transactionId === transactionId && named.transactionType === transactionType,
  );
  return isNamed ? [] : [brokenInvariant('entry-not-named-by-order', { ...about, items, expected: transactionType })];
}
