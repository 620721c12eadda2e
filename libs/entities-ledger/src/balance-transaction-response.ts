import { formatDecimal } from '@cnop/utils';
import {
  balanceCodeSchema,
  isCurrencyCode,
  listResponseSchema,
  ownerSchema,
  remarksOf,
  signedDecimalTextSchema,
} from '@cnop/validation';
import * as z from 'zod';
import { type BalanceTransaction, balanceTransactionFields } from './balance-transaction.ts';
import { type Fill, sideSchema } from './fill.ts';
import { type Posting, bucketSchema } from './postings.ts';

const postingResponseSchema = z.strictObject({
  code: balanceCodeSchema,
  bucket: bucketSchema,
  amount: signedDecimalTextSchema,
});

const fillResponseSchema = z.strictObject({
  side: sideSchema,
  price: signedDecimalTextSchema,
  quantity: signedDecimalTextSchema,
});

/** The shape of a journal entry in an answer over an edge: amounts as signed decimal text. */
export const balanceTransactionResponseSchema = balanceTransactionFields
  .pick({
    transactionId: true,
    transactionType: true,
    status: true,
    orderId: true,
    counterparty: true,
    description: true,
    note: true,
    metadata: true,
    actor: true,
    idempotencyKey: true,
  })
  .extend({
    username: ownerSchema,
    postings: z.array(postingResponseSchema),
    fill: fillResponseSchema.optional(),
    fee: signedDecimalTextSchema
      .optional()
      .describe('The fee that is in the cash posting of a payment, or that a refund returned.'),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .describe('A journal entry: why, for whom, and what it moved. Only a COMPLETED one moved anything.')
  .meta({ title: 'BalanceTransaction' });

/** A journal entry as an edge answers it. */
export type BalanceTransactionResponse = z.output<typeof balanceTransactionResponseSchema>;

/** The answer that shows a journal entry; a debit is negative. */
export function toBalanceTransactionResponse(entry: BalanceTransaction): BalanceTransactionResponse {
  const { orderId, fill, feeMinor, counterparty, description, actor, idempotencyKey } = entry;

  return {
    transactionId: entry.transactionId,
    username: entry.owner,
    transactionType: entry.transactionType,
    status: entry.status,
    postings: entry.postings.map(toPostingResponse),
    ...(orderId !== undefined && { orderId }),
    ...(fill !== undefined && { fill: toFillResponse(fill) }),
    ...(feeMinor !== undefined && { fee: formatDecimal(feeMinor, cashScaleOf(entry)) }),
    ...(counterparty !== undefined && { counterparty }),
    ...(description !== undefined && { description }),
    ...remarksOf(entry),
    ...(actor !== undefined && { actor }),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
    createdAt: entry.createdAt,
    updatedAt: entry.updatedAt,
  };
}

/** The shape of a page of a user's journal in an answer. */
export const balanceTransactionListResponseSchema = listResponseSchema(balanceTransactionResponseSchema).meta({
  title: 'BalanceTransactionList',
});

/** A page of a user's journal as an edge answers it. */
export type BalanceTransactionListResponse = z.output<typeof balanceTransactionListResponseSchema>;

/** A page of journal entries, as a DAO reads it. */
export interface BalanceTransactionPage {
  readonly items: readonly BalanceTransaction[];
  readonly nextCursor?: string | undefined;
}

/** The answer that shows a page of a user's journal. */
export const toBalanceTransactionListResponse = ({
  items,
  nextCursor,
}: BalanceTransactionPage): BalanceTransactionListResponse => ({
  items: items.map(toBalanceTransactionResponse),
  ...(nextCursor !== undefined && { nextCursor }),
});

/** A fee is in the currency of the entry, of which there is one. */
const cashScaleOf = ({ postings }: BalanceTransaction) => postings.find(({ code }) => isCurrencyCode(code))?.scale ?? 0;

function toPostingResponse({ code, bucket, amountMinor, scale }: Posting) {
  return { code, bucket, amount: formatDecimal(amountMinor, scale) };
}

function toFillResponse({ side, priceMinor, priceScale, quantityMinor, quantityScale }: Fill) {
  return {
    side,
    price: formatDecimal(priceMinor, priceScale),
    quantity: formatDecimal(quantityMinor, quantityScale),
  };
}
