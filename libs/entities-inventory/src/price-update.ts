import { positiveDecimalTextSchema, timestampSchema } from '@cnop/validation';
import { z } from 'zod';

import { priceSourceNameSchema } from './asset-texts.ts';

/** Accepts a {@link PriceUpdate}; refuses unknown fields. */
export const priceUpdateSchema = z
  .strictObject({
    price: positiveDecimalTextSchema,
    asOf: timestampSchema,
    source: priceSourceNameSchema,
  })
  .describe('A price as a feed reports it.');

/** A price for an asset, as a feed reports it: decimal text in the asset's currency, when it was observed, and by whom. */
export type PriceUpdate = z.infer<typeof priceUpdateSchema>;
