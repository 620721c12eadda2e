import { parseDecimal } from '@cnop/utils';
import { currencyScale, isReservedCode, positiveDecimalTextSchema } from '@cnop/validation';
import { z } from 'zod';

import { AssetStatus, assetStatusSchema } from './asset-status.ts';
import { assetSchema, type Asset } from './asset.ts';
import { inventoryErrors } from './errors.ts';

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
  })
  .describe('A new asset, not yet priced. Its currency and scales never change.');

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
 * The asset that a request makes: version 1 and not yet priced.
 *
 * @param createdAt - ISO 8601 UTC, in milliseconds.
 * @throws {@link InvalidAmountError} when a minimum has more decimals than its scale, naming the field.
 */
export function newAsset(create: AssetCreate, createdAt: string): Asset {
  const { minQuantity, minNotional, ...attributes } = create;

  return {
    ...attributes,
    minQuantityMinor: minQuantity === undefined ? 1n : parseDecimal(minQuantity, create.decimals, 'minQuantity'),
    minNotionalMinor:
      minNotional === undefined ? 1n : parseDecimal(minNotional, currencyScale(create.currency), 'minNotional'),
    createdAt,
    updatedAt: createdAt,
    version: 1,
  };
}
