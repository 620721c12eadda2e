import type { RawItem } from '@cnop/database-core';
import { fromOrderItem } from '@cnop/entities-order/table';
import type { Order } from '@cnop/entities-order';
import {
  decodeLedgerItem,
  fromClaimItem,
  fromTransactionItem,
  type Claim,
  type LedgerRecord,
} from '@cnop/entities-ledger/table';
import { fromEmailClaimItem, fromUserItem, type EmailClaim } from '@cnop/entities-user/table';
import type { BalanceTransaction } from '@cnop/entities-ledger';
import type { User } from '@cnop/entities-user';
import { brokenInvariant, type BrokenInvariant } from './broken-invariant.ts';
import { namedTransactionIds } from './named-transactions.ts';

/** A stored item with what it says. */
export interface Stored<TValue> {
  readonly raw: RawItem;
  readonly value: TValue;
}

/** What came of reading an item: its value, or why it has none. */
export type Reading<TValue> = Stored<TValue> | { readonly raw: RawItem; readonly problem: string };

/** What an item of the ledger says, or why it says nothing. */
export const readLedgerItem = (raw: RawItem): Reading<LedgerRecord> => reading(raw, decodeLedgerItem, ledgerKeyParts);

/** The journal entry in an item, or why there is none. */
export const readEntry = (raw: RawItem): Reading<BalanceTransaction> =>
  reading(raw, fromTransactionItem, entryKeyParts);

/** The idempotency claim in an item, or why there is none. */
export const readClaim = (raw: RawItem): Reading<Claim> => reading(raw, fromClaimItem, claimKeyParts);

/** The e-mail claim in an item, or why there is none. */
export const readEmailClaim = (raw: RawItem): Reading<EmailClaim> =>
  reading(raw, fromEmailClaimItem, ({ username }) => [username]);

/** The user in an item, or why there is none. */
export const readProfile = (raw: RawItem): Reading<User> => reading(raw, fromUserItem, ({ email }) => [email]);

/** The order in an item, or why there is none. */
export const readOrder = (raw: RawItem): Reading<Order> =>
  reading(raw, fromOrderItem, (order) => [order.owner, ...namedTransactionIds(order)]);

/** Whether an item could be read. */
export const isStored = <TValue>(read: Reading<TValue> | undefined): read is Stored<TValue> =>
  read !== undefined && 'value' in read;

/** The finding that an item cannot be read. */
export function malformed({ raw, problem }: { readonly raw: RawItem; readonly problem: string }): BrokenInvariant {
  return brokenInvariant('malformed-item', { items: [raw], found: problem });
}

const entryKeyParts = ({ orderId, postings }: BalanceTransaction) => [orderId, ...postings.map(({ code }) => code)];
const claimKeyParts = ({ transactionId }: Claim) => [transactionId];

function ledgerKeyParts(record: LedgerRecord): readonly (string | undefined)[] {
  if (record.kind === 'transaction') return entryKeyParts(record.transaction);
  return record.kind === 'claim' ? claimKeyParts(record.claim) : [];
}

/** Longer than any name or id can be, and short enough for DynamoDB to take it in a key. */
const maxKeyPartLength = 300;

function reading<TValue>(
  raw: RawItem,
  from: (raw: RawItem) => TValue,
  keyParts: (value: TValue) => readonly (string | undefined)[],
): Reading<TValue> {
  try {
    const value = from(raw);
    const isKey = keyParts(value).every((part = '-') => part.length > 0 && part.length <= maxKeyPartLength);

    return isKey ? { raw, value } : { raw, problem: 'The item names another by something that is no key.' };
  } catch (error) {
    return { raw, problem: error instanceof Error ? error.message : String(error) };
  }
}
