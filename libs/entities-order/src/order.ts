import {
  assetIdSchema,
  currencyCodeSchema,
  idempotencyKeySchema,
  metadataSchema,
  orderIdSchema,
  timestampSchema,
  transactionIdSchema,
  ownerSchema,
  wellFormedTextSchema,
} from '@cnop/validation';
import { z } from 'zod';

import { minorSchema, positiveMinorSchema, scaleSchema } from './amount-schemas.ts';
import { noteSchema } from './note-schema.ts';
import { orderFillSchema } from './order-fill.ts';
import { orderStatusSchema } from './order-status.ts';
import { orderTypeSchema } from './order-type.ts';

/** Accepts an {@link Order}. */
export const orderSchema = z.object({
  orderId: orderIdSchema,
  owner: ownerSchema,
  clientOrderId: idempotencyKeySchema.optional(),
  orderType: orderTypeSchema,
  status: orderStatusSchema,
  assetId: assetIdSchema,
  currency: currencyCodeSchema,
  quantityMinor: positiveMinorSchema,
  quantityScale: scaleSchema,
  priceScale: scaleSchema,
  currencyScale: scaleSchema,
  limitPriceMinor: positiveMinorSchema.optional(),
  maxPriceMinor: positiveMinorSchema.optional(),
  minPriceMinor: positiveMinorSchema.optional(),
  priceAsOf: timestampSchema.optional(),
  priceSource: wellFormedTextSchema.min(1).max(64).optional(),
  fills: z.array(orderFillSchema),
  heldMinor: minorSchema.default(0n),
  holdTransactionId: transactionIdSchema.optional(),
  releaseTransactionId: transactionIdSchema.optional(),
  refundTransactionId: transactionIdSchema.optional(),
  failureCode: wellFormedTextSchema.min(1).max(64).optional(),
  note: noteSchema.optional(),
  metadata: metadataSchema.optional(),
  createdAt: timestampSchema,
  updatedAt: timestampSchema,
  version: z.int().min(1),
});

/**
 * One order, as the libraries handle it.
 *
 * Amounts are integers in minor units: quantity in `quantityScale`, prices in `priceScale`, and `heldMinor`, what is reserved for an open
 * order, in `currencyScale` for a buy and `quantityScale` for a sell. The three scales are those of the asset and its currency when the
 * order was made. `fills` hold the ids of the payment entries. `version` grows by one with every write.
 */
export type Order = z.infer<typeof orderSchema>;
