import { assetIdSchema, currencyCodeSchema, timestampSchema } from '@cnop/validation';
import { z } from 'zod';

import { positiveMinorSchema, scaleSchema } from './amount-schemas.ts';
import { assetCategorySchema } from './asset-category.ts';
import { assetStatusSchema } from './asset-status.ts';
import { assetDescriptionSchema, assetNameSchema, priceSourceNameSchema } from './asset-texts.ts';

/** Accepts an {@link Asset}. */
export const assetSchema = z.object({
  assetId: assetIdSchema,
  name: assetNameSchema,
  description: assetDescriptionSchema.optional(),
  category: assetCategorySchema,
  currency: currencyCodeSchema,
  decimals: scaleSchema,
  priceScale: scaleSchema,
  priceMinor: positiveMinorSchema.optional(),
  priceAsOf: timestampSchema.optional(),
  priceSource: priceSourceNameSchema.optional(),
  status: assetStatusSchema,
  minQuantityMinor: positiveMinorSchema,
  minNotionalMinor: positiveMinorSchema,
  createdAt: timestampSchema,
  updatedAt: timestampSchema,
  version: z.int().min(1),
});

/**
 * One asset that can be traded, as the libraries handle it.
 *
 * `currency` is what it is priced in, `decimals` the scale of its quantities, `priceScale` that of its price; the three never change.
 * Amounts are integers in minor units: `priceMinor` in `priceScale`, `minQuantityMinor` in `decimals`, `minNotionalMinor` in the
 * currency's own scale. The price, its time and its source are absent until a price is set. `version` grows by one with every write.
 */
export type Asset = z.infer<typeof assetSchema>;
