import type { RawItem } from '@cnop/database-core';
import type { Order } from '@cnop/entities-order';
import { journalShapeProblem, type BalanceTransaction } from '@cnop/entities-ledger';
import { brokenInvariant, type BrokenInvariant } from './broken-invariant.ts';
import { namedTransactions } from './named-transactions.ts';
import type { Stored } from './reading.ts';

/** Types of which a FAILED entry may be put so that a write of unknown outcome can no longer land. It moves nothing. */
const fenced: ReadonlySet<string> = new Set(['WITHDRAW', 'SYSTEM_ADJUSTMENT']);

/** What is wrong with a journal entry by itself: its status, or its shape. */
export function entryFindings({ value: entry, raw }: Stored<BalanceTransaction>): BrokenInvariant[] {
  const about = { owner: entry.owner, transactionId: entry.transactionId, orderId: entry.orderId, items: [raw] };
  const problem = journalShapeProblem({ ...entry, status: 'COMPLETED' });

  return [
    ...(hasLegalStatus(entry) ? [] : [brokenInvariant('entry-status-illegal', { ...about, found: entry.status })]),
    ...(problem === undefined ? [] : [brokenInvariant('entry-shape-wrong', { ...about, found: problem })]),
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
export function entryOrderFindings(
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
