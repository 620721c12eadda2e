import type { RawItem } from '@cnop/database-core';
import type { Order } from '@cnop/entities-order';
import { fromOrderItem } from '@cnop/entities-order/table';
import type { Balance, BalanceTransaction } from '@cnop/entities-ledger';
import { codeOfKey, fromBalanceItem, fromTransactionItem, transactionIdOfKey } from '@cnop/entities-ledger/table';
import { userItemExtras, fromUserItem } from '@cnop/entities-user/table';

/** Everything in the tables when nothing is under way any more. */
export interface RestingTables {
  readonly users: readonly { readonly owner: string; readonly createKey?: string | undefined }[];
  readonly entries: readonly BalanceTransaction[];
  readonly balances: readonly Balance[];
  readonly orders: readonly Order[];
}

/** The items of the tables, or those that matter. */
export interface RestingItems {
  readonly users: readonly RawItem[];
  readonly ledger: readonly RawItem[];
  readonly orders: readonly RawItem[];
}

/** What the items of the tables say, without any of the code that is under test apart from the mapping of items. */
export function restingTablesOf({ users, ledger, orders }: RestingItems): RestingTables {
  const sortKey = (item: RawItem) => String(item['sk']);

  return {
    users: users
      .filter((item) => sortKey(item) === 'PROFILE')
      .map((item) => ({ owner: fromUserItem(item).username, createKey: userItemExtras(item).createKey })),
    entries: ledger.filter((item) => transactionIdOfKey(sortKey(item)) !== undefined).map(fromTransactionItem),
    balances: ledger.filter((item) => codeOfKey(sortKey(item)) !== undefined).map(fromBalanceItem),
    orders: orders.map(fromOrderItem),
  };
}

/** What a completed entry moved on `available`. */
const movesOf = ({ owner, status, postings }: BalanceTransaction) =>
  status === 'COMPLETED'
    ? postings
        .filter(({ bucket }) => bucket === 'available')
        .map(({ code, amountMinor }) => ({ owner, code, amountMinor }))
    : [];

/** An entry as the trace of an effect. */
export const recordOf = (entry: BalanceTransaction) => ({ id: entry.transactionId, moves: movesOf(entry) });
