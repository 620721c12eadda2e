import { formatDecimal } from '@cnop/utils';
import { balanceCodeSchema } from '@cnop/validation';
import { z } from 'zod';
import { type BalanceTransaction, balanceTransactionFields } from './balance-transaction.ts';
import { type Fill, sideSchema } from './fill.ts';
import { type Posting, bucketSchema } from './posting.ts';
import { signedDecimalSchema } from './signed-decimal.ts';

const postingResponseSchema = z.strictObject({
  code: balanceCodeSchema,
  bucket: bucketSchema,
  amount: signedDecimalSchema,
});

const fillResponseSchema = z.strictObject({
  side: sideSchema,
  price: signedDecimalSchema,
  quantity: signedDecimalSchema,
});

/** The shape of a journal entry in an answer over an edge: amounts as signed decimal text. */
export const balanceTransactionResponseSchema = balanceTransactionFields
  .pick({
    transactionId: true,
    username: true,
    transactionType: true,
    status: true,
    orderId: true,
    description: true,
    actor: true,
    idempotencyKey: true,
  })
  .extend({
    postings: z.array(postingResponseSchema),
    fill: fillResponseSchema.optional(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  });

/** A journal entry as an edge answers it. */
export type BalanceTransactionResponse = z.output<typeof balanceTransactionResponseSchema>;

/** The answer that shows a journal entry; a debit is negative. */
export function toBalanceTransactionResponse(entry: BalanceTransaction): BalanceTransactionResponse {
  const { orderId, fill, description, actor, idempotencyKey } = entry;

  return {
    transactionId: entry.transactionId,
    username: entry.username,
    transactionType: entry.transactionType,
    status: entry.status,
    postings: entry.postings.map(toPostingResponse),
    ...(orderId !== undefined && { orderId }),
    ...(fill !== undefined && { fill: toFillResponse(fill) }),
    ...(description !== undefined && { description }),
    ...(actor !== undefined && { actor }),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
    createdAt: entry.createdAt,
    updatedAt: entry.updatedAt,
  };
}

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
