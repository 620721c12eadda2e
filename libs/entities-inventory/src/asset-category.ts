import { z } from 'zod';

/** Every category of assets, by name. */
export const AssetCategory = {
  STOCK: 'STOCK',
  ETF: 'ETF',
  CRYPTO: 'CRYPTO',
  COMMODITY: 'COMMODITY',
  OTHER: 'OTHER',
} as const;

/** What kind of thing an asset is; for listing only, no rule depends on it. */
export type AssetCategory = (typeof AssetCategory)[keyof typeof AssetCategory];

/** Accepts the name of an {@link AssetCategory}. */
export const assetCategorySchema = z.enum(AssetCategory);
