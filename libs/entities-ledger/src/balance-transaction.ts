import {
  idempotencyKeySchema,
  orderIdSchema,
  ownerSchema,
  remarkFields,
  timestampSchema,
  transactionIdSchema,
} from '@cnop/validation';
import * as z from 'zod';
import { minorSchema } from './amount.ts';
import { descriptionSchema } from './description.ts';
import { fillSchema } from './fill.ts';
import { journalShapeProblem } from './journal-shape.ts';
import { postingSchema } from './postings.ts';
import { transactionStatusSchema, transactionTypeSchema } from './transaction-status.ts';

/** The fields of a journal entry, without the rules that join them. */
export const balanceTransactionFields = z.strictObject({
  /** ULID: sorts by time. */
  transactionId: transactionIdSchema,
  owner: ownerSchema,
  transactionType: transactionTypeSchema,
  status: transactionStatusSchema,
  postings: z.array(postingSchema).min(1),
  /** The order it belongs to; on every ORDER_… entry and on no other. */
  orderId: orderIdSchema.optional(),
  /** What was traded; on ORDER_PAYMENT only. */
  fill: fillSchema.optional(),
  /**
   * The fee that is in the cash posting of an ORDER_PAYMENT, or that an ORDER_REFUND returns, in minor units of the currency; on these
   * only. Absent, it is 0.
   */
  feeMinor: minorSchema.optional(),
  /** The owner on the other side, whose journal has the mirror under the same id; on TRANSFER only. */
  counterparty: ownerSchema.optional(),
  description: descriptionSchema.optional(),
  ...remarkFields,
  /** Who caused it, if that is known; an owner. */
  actor: ownerSchema.optional(),
  /** The key under which `actor` asked for it. */
  idempotencyKey: idempotencyKeySchema.optional(),
  /** ISO 8601 UTC. */
  createdAt: timestampSchema,
  /** ISO 8601 UTC; later than `createdAt` once a pending entry has settled. */
  updatedAt: timestampSchema,
});

/** Accepts a journal entry whose postings have the shape of its type (see {@link journalShapeProblem}). */
export const balanceTransactionSchema = balanceTransactionFields.superRefine((entry, context) => {
  const problem = journalShapeProblem(entry);

  if (problem !== undefined) {
    context.addIssue({ code: 'custom', path: ['postings'], message: problem });
  }
});

/** A journal entry: why, for whom, and the postings that moved the balances. All or none of them take effect. */
export type BalanceTransaction = z.output<typeof balanceTransactionFields>;
