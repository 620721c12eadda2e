import type { RawItem } from '@cnop/stored-items';
import type { BalanceTransaction } from '../balance-transaction.ts';
import type { Balance } from '../balance.ts';
import { codeOfKey, fromBalanceItem } from './balance-item.ts';
import { claimOfKey, fromClaimItem, type Claim } from './claim-item.ts';
import { fromTransactionItem, transactionIdOfKey } from './transaction-item.ts';

/** What an item of the ledger table is; `unknown` is one that this release does not know. */
export type LedgerRecord =
  | { readonly kind: 'balance'; readonly balance: Balance }
  | { readonly kind: 'transaction'; readonly transaction: BalanceTransaction }
  | { readonly kind: 'claim'; readonly claim: Claim }
  | { readonly kind: 'unknown' };

/** Which kind of item it is, by its sort key alone. */
export function ledgerItemKind({ sk }: RawItem): LedgerRecord['kind'] {
  const sortKey = String(sk);

  if (codeOfKey(sortKey) !== undefined) return 'balance';
  if (transactionIdOfKey(sortKey) !== undefined) return 'transaction';
  return claimOfKey(sortKey) === undefined ? 'unknown' : 'claim';
}

/**
 * What an item of the ledger table says, whichever kind it is of.
 *
 * @throws a plain Error naming the attribute that is malformed, of a kind that is known.
 */
export function decodeLedgerItem(raw: RawItem): LedgerRecord {
  const kind = ledgerItemKind(raw);

  switch (kind) {
    case 'balance':
      return { kind, balance: fromBalanceItem(raw) };
    case 'transaction':
      return { kind, transaction: fromTransactionItem(raw) };
    case 'claim':
      return { kind, claim: fromClaimItem(raw) };
    case 'unknown':
      return { kind };
  }
}
