import { MAX_MINOR, MAX_SCALE } from '@cnop/utils';
import { assetIdSchema, currencyCodeSchema, timestampSchema, wellFormedTextSchema } from '@cnop/validation';
import * as z from 'zod';
import { tradingTermsShape } from './trading-terms.ts';

/** Every status that an asset can have, by name. */
export const AssetStatus = { ACTIVE: 'ACTIVE', INACTIVE: 'INACTIVE' } as const;

/** Whether an asset is traded: no order is placed on an INACTIVE one. */
export type AssetStatus = (typeof AssetStatus)[keyof typeof AssetStatus];

/** Accepts the name of an {@link AssetStatus}. */
export const assetStatusSchema = z.enum(AssetStatus);

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

/** An amount, price or quantity in minor units, above 0 and at most 10²⁴. */
export const positiveMinorSchema = z.bigint().min(1n).max(MAX_MINOR);

/** A number of decimals: 0 to 18. */
const scaleSchema = z.int().min(0).max(MAX_SCALE);

const MAX_NAME_LENGTH = 100;
const MAX_DESCRIPTION_LENGTH = 1_000;
const MAX_SOURCE_LENGTH = 64;

/** What an asset is called, for people: 1 to 100 characters. */
export const assetNameSchema = wellFormedTextSchema.min(1).max(MAX_NAME_LENGTH);

/** What an asset is, for people: 1 to 1000 characters. */
export const assetDescriptionSchema = wellFormedTextSchema.min(1).max(MAX_DESCRIPTION_LENGTH);

/** Where a price comes from, such as a feed's name: 1 to 64 characters. */
export const priceSourceNameSchema = wellFormedTextSchema.min(1).max(MAX_SOURCE_LENGTH);

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
  outOfBand: z.literal(true).optional(),
  executablePriceMinor: positiveMinorSchema.optional(),
  executableAsOf: timestampSchema.optional(),
  executableSource: priceSourceNameSchema.optional(),
  status: assetStatusSchema,
  triggersPaused: z.literal(true).optional(),
  ...tradingTermsShape,
  minQuantityMinor: positiveMinorSchema,
  minNotionalMinor: positiveMinorSchema,
  createdAt: timestampSchema,
  updatedAt: timestampSchema,
  termsVersion: z.int().min(1),
});

/**
 * One asset that can be traded, as the libraries handle it.
 *
 * `currency` is what it is priced in, `decimals` the scale of its quantities, `priceScale` that of its price; the three never change.
 * Amounts are integers in minor units: `priceMinor` in `priceScale`, `minQuantityMinor` in `decimals`, `minNotionalMinor` in the
 * currency's own scale. The price, its time and its source are those of the newest tick and absent until a price is set; prices are
 * ordered by `priceAsOf`. `outOfBand` says that this tick may be a misprint. `executablePriceMinor` with its time and source is the
 * reference price: the newest one that may be traded on, absent until there is one. All else are the terms, whose version `termsVersion` grows by one with every change of them and with no price. `updatedAt`
 * is the time of the last write of either.
 */
export type Asset = z.infer<typeof assetSchema>;
