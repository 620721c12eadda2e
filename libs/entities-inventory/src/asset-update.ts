import { parseDecimal, withoutUndefined } from '@cnop/utils';
import { currencyScale, positiveDecimalTextSchema } from '@cnop/validation';
import { z } from 'zod';

import { assetCategorySchema } from './asset-category.ts';
import { assetDescriptionSchema, assetNameSchema } from './asset-texts.ts';
import type { Asset } from './asset.ts';

/** Accepts an {@link AssetUpdate}; refuses unknown fields, `currency`, `decimals` and `priceScale` among them, and an update of nothing. */
export const assetUpdateSchema = z
  .strictObject({
    name: assetNameSchema.optional(),
    description: assetDescriptionSchema.nullable().optional(),
    category: assetCategorySchema.optional(),
    minQuantity: positiveDecimalTextSchema.optional(),
    minNotional: positiveDecimalTextSchema.optional(),
  })
  .refine((update) => Object.values<unknown>(update).some((value) => value !== undefined), {
    error: 'Name at least one field to change.',
  })
  .describe('A change of an asset: what is absent stays, null takes away.');

/** What may be changed on an asset by hand: a null description removes it, absent leaves as it is. */
export type AssetUpdate = z.infer<typeof assetUpdateSchema>;

/** An {@link AssetUpdate} in minor units: only the attributes that change, a null one to be removed. */
export type AssetChanges = Partial<Pick<Asset, 'name' | 'category' | 'minQuantityMinor' | 'minNotionalMinor'>> & {
  description?: string | null;
};

/**
 * Reads an update in the scales of the asset that it is for.
 *
 * @throws {@link InvalidAmountError} when a minimum has more decimals than its scale, naming the field.
 */
export function assetChangesOf(update: AssetUpdate, asset: Pick<Asset, 'currency' | 'decimals'>): AssetChanges {
  const { minQuantity, minNotional, ...attributes } = update;

  return withoutUndefined<AssetChanges>({
    ...attributes,
    minQuantityMinor: minQuantity === undefined ? undefined : parseDecimal(minQuantity, asset.decimals, 'minQuantity'),
    minNotionalMinor:
      minNotional === undefined ? undefined : parseDecimal(minNotional, currencyScale(asset.currency), 'minNotional'),
  });
}
