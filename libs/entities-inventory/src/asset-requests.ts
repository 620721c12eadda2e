import { parseDecimal, withoutUndefined } from '@cnop/utils';
import { currencyScale, isReservedCode, positiveDecimalTextSchema, timestampSchema } from '@cnop/validation';
import * as z from 'zod';
import {
  assetCategorySchema,
  assetDescriptionSchema,
  assetNameSchema,
  assetSchema,
  AssetStatus,
  assetStatusSchema,
  priceSourceNameSchema,
  type Asset,
} from './asset.ts';
import { inventoryErrors } from './errors.ts';
import {
  assertShardsRead,
  newTradingTerms,
  storedTradingTerms,
  tradingTermsCreateShape,
  tradingTermsUpdateShape,
  type TradingTermsUpdate,
} from './trading-terms.ts';

const { shape } = assetSchema;

/** Accepts an {@link AssetCreate}; refuses unknown fields, a price among them. */
export const assetCreateSchema = z
  .strictObject({
    assetId: shape.assetId,
    name: shape.name,
    description: shape.description,
    category: shape.category,
    currency: shape.currency,
    decimals: shape.decimals,
    priceScale: shape.priceScale,
    minQuantity: positiveDecimalTextSchema.optional(),
    minNotional: positiveDecimalTextSchema.optional(),
    status: assetStatusSchema.default(AssetStatus.ACTIVE),
    ...tradingTermsCreateShape,
  })
  .describe('A new asset, not yet priced. Its currency and scales never change.')
  .meta({ title: 'AssetCreate' });

/**
 * A client's request for a new asset, with decimal texts in units of the asset and of its currency.
 *
 * The id is never an ISO 4217 code, since balances of both share one namespace. Without a minimum, the least amount that the scale can
 * write is enough.
 */
export type AssetCreate = z.infer<typeof assetCreateSchema>;

/**
 * Refuses an asset id that is an ISO 4217 code: balances of currencies and of assets share one namespace.
 *
 * @throws {@link inventoryErrors.AssetIdReservedError} when ISO 4217 has the code.
 */
export function assertAssetIdFree(assetId: string): void {
  if (isReservedCode(assetId)) throw new inventoryErrors.AssetIdReservedError({ assetId });
}

/**
 * The asset that a request makes: its terms at version 1, and not yet priced.
 *
 * @param createdAt - ISO 8601 UTC, in milliseconds.
 * @throws {@link sharedErrors.InvalidAmountError} when a minimum has more decimals than its scale, naming the field;
 *   {@link sharedErrors.ValidationError} when more shards are written than read.
 */
export function newAsset(create: AssetCreate, createdAt: string): Asset {
  const { minQuantity, minNotional, ...attributes } = create;
  assertShardsRead(create);

  return withoutUndefined<Asset>({
    ...attributes,
    ...newTradingTerms(create),
    minQuantityMinor: minQuantity === undefined ? 1n : parseDecimal(minQuantity, create.decimals, 'minQuantity'),
    minNotionalMinor:
      minNotional === undefined ? 1n : parseDecimal(minNotional, currencyScale(create.currency), 'minNotional'),
    createdAt,
    updatedAt: createdAt,
    termsVersion: 1,
  });
}

/** Accepts an {@link AssetUpdate}; refuses unknown fields, `currency`, `decimals` and `priceScale` among them, and an update of nothing. */
export const assetUpdateSchema = z
  .strictObject({
    name: assetNameSchema.optional(),
    description: assetDescriptionSchema.nullable().optional(),
    category: assetCategorySchema.optional(),
    minQuantity: positiveDecimalTextSchema.optional(),
    minNotional: positiveDecimalTextSchema.optional(),
    ...tradingTermsUpdateShape,
  })
  .refine((update) => Object.values<unknown>(update).some((value) => value !== undefined), {
    error: 'Name at least one field to change.',
  })
  .describe('A change of an asset: what is absent stays, null takes away.');

/** What may be changed on an asset by hand: null removes what it names, absent leaves as it is. */
export type AssetUpdate = z.infer<typeof assetUpdateSchema>;

/** An {@link AssetUpdate} in minor units: only the attributes that change; null removes one. */
export type AssetChanges = Partial<Pick<Asset, 'name' | 'category' | 'minQuantityMinor' | 'minNotionalMinor'>> &
  TradingTermsUpdate & { description?: string | null };

/**
 * Reads an update by the asset that it is for, which must be at the version that the update names.
 *
 * @throws {@link sharedErrors.InvalidAmountError} when a minimum has more decimals than its scale, naming the field;
 *   {@link sharedErrors.ValidationError} when more shards would be written than read.
 */
export function assetChangesOf(
  update: AssetUpdate,
  asset: Pick<Asset, 'currency' | 'decimals' | 'triggerShards' | 'triggerReadShards'>,
): AssetChanges {
  const { minQuantity, minNotional, name, description, category, ...terms } = update;
  assertShardsRead({ ...asset, ...withoutUndefined<TradingTermsUpdate>(terms) });

  return withoutUndefined<AssetChanges>({
    name,
    description,
    category,
    ...storedTradingTerms(terms),
    minQuantityMinor: minQuantity === undefined ? undefined : parseDecimal(minQuantity, asset.decimals, 'minQuantity'),
    minNotionalMinor:
      minNotional === undefined ? undefined : parseDecimal(minNotional, currencyScale(asset.currency), 'minNotional'),
  });
}

/** Accepts a {@link PriceUpdate}; refuses unknown fields. */
export const priceUpdateSchema = z
  .strictObject({
    price: positiveDecimalTextSchema,
    asOf: timestampSchema,
    source: priceSourceNameSchema,
  })
  .describe('A price as a feed reports it.')
  .meta({ title: 'PriceUpdate' });

/** A price for an asset, as a feed reports it: decimal text in the asset's currency, when it was observed, and by whom. */
export type PriceUpdate = z.infer<typeof priceUpdateSchema>;
