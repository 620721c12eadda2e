import { assetUpdateSchema, priceUpdateSchema, type assetCreateSchema } from '@cnop/entities-inventory';
import { assetIdSchema } from '@cnop/validation';
import { z } from 'zod';

/** Assets looked up by one call at most: ten requests to the store. */
const idsAtMost = 1000;

/** A new asset as it is asked for; `status` is ACTIVE unless given. */
export type NewAsset = z.input<typeof assetCreateSchema>;

/** Accepts whatever names an asset: a currency's code is told apart from all else that may be wrong. */
export const namedAssetSchema = z.looseObject({ assetId: z.string() });

/** Accepts the ids of assets to look up, each any number of times. */
export const assetIdsSchema = z.array(assetIdSchema).max(idsAtMost);

/** Accepts a change of an asset. */
export const assetChangeSchema = z.strictObject({
  assetId: assetIdSchema,
  /** The version that was read; another one in the store refuses the change. */
  expectedVersion: z.int().min(1),
  changes: assetUpdateSchema,
});

/** A change of an asset at a known version. */
export type AssetChange = z.input<typeof assetChangeSchema>;

/** Accepts a price for an asset. */
export const assetPriceSchema = priceUpdateSchema.extend({ assetId: assetIdSchema });

/** A price for an asset: decimal text in its currency, when it was observed, and by whom. */
export type AssetPrice = z.input<typeof assetPriceSchema>;
