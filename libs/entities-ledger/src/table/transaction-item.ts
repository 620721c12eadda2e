import { type RawItem, StoredItem, withoutUndefined } from '@cnop/utils';
import { type InputValue, item, list, map, number, string } from 'dynamodb-toolbox/schema';
import type { BalanceTransaction } from '../balance-transaction.ts';
import { type Fill, Side } from '../fill.ts';
import { Bucket, type Posting } from '../posting.ts';
import { TransactionStatus } from '../transaction-status.ts';
import { TransactionType } from '../transaction-type.ts';
import { transactionIdOfKey, transactionKey, ownerOfKey } from './keys.ts';
import { SCHEMA_VERSION } from './schema-version.ts';

/** The stored form of a journal entry. Owner and transaction id are in the key. */
export const transactionItemSchema = item({
  pk: string().key(),
  sk: string().key(),
  schemaVersion: number(),
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
  description: string().optional(),
  actor: string().optional(),
  idempotencyKey: string().optional(),
  createdAt: string(),
  updatedAt: string(),
  writeId: string(),
});

/** A journal entry as it is put. */
export type TransactionItem = InputValue<typeof transactionItemSchema>;

/** What a journal entry's item holds beside the entry. */
export interface TransactionItemExtras {
  /** One per call that wrote the item; tells a call its own write from another's. */
  readonly writeId: string;
}

/** The item that stores a journal entry. */
export function toTransactionItem(entry: BalanceTransaction, { writeId }: TransactionItemExtras): TransactionItem {
  return withoutUndefined({
    ...transactionKey(entry.owner, entry.transactionId),
    schemaVersion: SCHEMA_VERSION,
    transactionType: entry.transactionType,
    status: entry.status,
    postings: entry.postings.map(({ code, bucket, amountMinor, scale }) => ({ code, bucket, amountMinor, scale })),
    orderId: entry.orderId,
    fill: entry.fill && { ...entry.fill },
    description: entry.description,
    actor: entry.actor,
    idempotencyKey: entry.idempotencyKey,
    createdAt: entry.createdAt,
    updatedAt: entry.updatedAt,
    writeId,
  });
}

/**
 * The journal entry in a stored item, as it is: one of the wrong shape is read too, so that an audit can report it.
 *
 * @throws Error naming the attribute that is malformed.
 */
export function fromTransactionItem(raw: RawItem): BalanceTransaction {
  const stored = new StoredItem({ kind: 'transaction', raw });

  return withoutUndefined({
    transactionId: stored.keyPart('sk', transactionIdOfKey),
    owner: stored.keyPart('pk', ownerOfKey),
    transactionType: stored.oneOf('transactionType', Object.values(TransactionType)),
    status: stored.oneOf('status', Object.values(TransactionStatus)),
    postings: stored.maps('postings').map(toPosting),
    orderId: stored.optionalText('orderId'),
    fill: stored.has('fill') ? toFill(stored.map('fill')) : undefined,
    description: stored.optionalText('description'),
    actor: stored.optionalText('actor'),
    idempotencyKey: stored.optionalText('idempotencyKey'),
    createdAt: stored.text('createdAt'),
    updatedAt: stored.text('updatedAt'),
  });
}

function toPosting(stored: StoredItem): Posting {
  return {
    code: stored.text('code'),
    bucket: stored.oneOf('bucket', Object.values(Bucket)),
    amountMinor: stored.minor('amountMinor'),
    scale: stored.integer('scale'),
  };
}

function toFill(stored: StoredItem): Fill {
  return {
    priceMinor: stored.minor('priceMinor'),
    priceScale: stored.integer('priceScale'),
    quantityMinor: stored.minor('quantityMinor'),
    quantityScale: stored.integer('quantityScale'),
    side: stored.oneOf('side', Object.values(Side)),
  };
}
