import { transactionStatusSchema } from '@cnop/entities-ledger';
import { transactionIdSchema, ownerSchema } from '@cnop/validation';
import { z } from 'zod';

/** Accepts what names one journal entry. */
export const transactionNameSchema = z.strictObject({ owner: ownerSchema, transactionId: transactionIdSchema });

/** Accepts what settles, fails or cancels a pending deposit. */
export const transactionStatusChangeSchema = transactionNameSchema.extend({
  status: transactionStatusSchema.exclude(['PENDING']),
});

/** What settles, fails or cancels a pending deposit. */
export type TransactionStatusChange = z.output<typeof transactionStatusChangeSchema>;
