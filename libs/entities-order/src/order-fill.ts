import { timestampSchema, transactionIdSchema } from '@cnop/validation';
import { z } from 'zod';

import { positiveMinorSchema } from './amount-schemas.ts';

/** Accepts an {@link OrderFill}. */
export const orderFillSchema = z.object({
  transactionId: transactionIdSchema,
  priceMinor: positiveMinorSchema,
  quantityMinor: positiveMinorSchema,
  notionalMinor: positiveMinorSchema,
  executedAt: timestampSchema,
});

/**
 * One execution of an order or of a part of it; `transactionId` names the journal entry that moved the money and the asset.
 *
 * Amounts in minor units of the order's scales: price in `priceScale`, quantity in `quantityScale`, notional (what was paid or received)
 * in `currencyScale`.
 */
export type OrderFill = z.infer<typeof orderFillSchema>;
