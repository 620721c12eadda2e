import { afterPrefix, keyPart, type ItemKey, type RawItem } from '@cnop/stored-items';
import { compileItemParser, compileItemReader, type ItemOf } from '@cnop/stored-items/compile';
import { item, list, map, number, record, string } from 'dynamodb-toolbox/schema';
import type { BalanceTransaction } from '../balance-transaction.ts';
import { Side } from '../fill.ts';
import { Bucket } from '../postings.ts';
import { TransactionStatus, TransactionType } from '../transaction-status.ts';
import { keyAttributes, ownerOfKey, ownerPartition, SCHEMA_VERSION } from './keys.ts';

/** Begins the sort key of a journal entry. */
export const TRANSACTION_PREFIX = 'TXN#';

/** The key of a journal entry; ids are ULIDs, so that entries sort by time within their owner. */
export function transactionKey(owner: string, transactionId: string): ItemKey {
  return { pk: ownerPartition(owner), sk: TRANSACTION_PREFIX + transactionId };
}

/** Which journal entry it is; `undefined` when the sort key is no journal entry's. */
export function transactionIdOfKey(sk: string): string | undefined {
  return afterPrefix(sk, TRANSACTION_PREFIX);
}

const attributes = {
  transactionType: string().enum(...Object.values(TransactionType)),
  status: string().enum(...Object.values(TransactionStatus)),
  postings: list(
    map({
      code: string(),
      bucket: string().enum(...Object.values(Bucket)),
      amountMinor: number().big(),
      scale: number(),
    }),
  ),
  orderId: string().optional(),
  fill: map({
    priceMinor: number().big(),
    priceScale: number(),
    quantityMinor: number().big(),
    quantityScale: number(),
    side: string().enum(...Object.values(Side)),
  }).optional(),
  feeMinor: number().big().optional(),
  counterparty: string().optional(),
  description: string().optional(),
  note: string().optional(),
  metadata: record(string(), string()).optional(),
  actor: string().optional(),
  idempotencyKey: string().optional(),
  createdAt: string(),
  updatedAt: string(),
};

/** The stored form of a journal entry. Owner and transaction id are in the key. */
export const transactionItemSchema = item({
  ...keyAttributes,
  schemaVersion: number(),
  ...attributes,
  writeId: string(),
});

/** A journal entry as it is put. */
export type TransactionItem = ItemOf<typeof transactionItemSchema>;

const checkItem: (item: TransactionItem) => TransactionItem = compileItemParser(transactionItemSchema);

/** What a journal entry's item holds beside the entry. */
export interface TransactionItemExtras {
  /** One per call that wrote the item; tells a call its own write from another's. */
  readonly writeId: string;
}

/** The item that stores a journal entry. */
export function toTransactionItem(
  { owner, transactionId, ...entry }: BalanceTransaction,
  { writeId }: TransactionItemExtras,
): TransactionItem {
  return checkItem({
    ...transactionKey(owner, transactionId),
    schemaVersion: SCHEMA_VERSION,
    ...entry,
    writeId,
  });
}

const readTransaction = compileItemReader({
  kind: 'transaction',
  schema: item({ ...keyAttributes, ...attributes }),
});

/**
 * The journal entry in a stored item, as it is: one of the wrong shape is read too, so that an audit can report it.
 *
 * @throws a plain Error naming the attribute that is malformed.
 */
export function fromTransactionItem(raw: RawItem): BalanceTransaction {
  return readTransaction(raw, ({ pk, sk, ...entry }) => ({
    transactionId: keyPart('sk', transactionIdOfKey(sk)),
    owner: keyPart('pk', ownerOfKey(pk)),
    ...entry,
  }));
}
