import type { InputValue } from 'dynamodb-toolbox/schema';
import { item } from 'dynamodb-toolbox/schema/item';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';

import { AssetCategory } from '../asset-category.ts';
import { AssetStatus } from '../asset-status.ts';

const minor = number().big();

/** The attributes that an asset has in the domain too, under the same names. */
export const assetAttributes = {
  assetId: string(),
  name: string(),
  description: string().optional(),
  category: string().enum(...Object.values(AssetCategory)),
  currency: string(),
  decimals: number(),
  priceScale: number(),
  priceMinor: minor.optional(),
  priceAsOf: string().optional(),
  priceSource: string().optional(),
  status: string().enum(...Object.values(AssetStatus)),
  minQuantityMinor: minor,
  minNotionalMinor: minor,
  createdAt: string(),
  updatedAt: string(),
  version: number(),
};

/**
 * The asset item, as dynamodb-toolbox declares and checks it. Amounts are type N in minor units.
 *
 * `writeId` names the call that wrote the item last.
 */
export const assetItemSchema = item({
  pk: string().key(),
  sk: string().key(),
  ...assetAttributes,
  writeId: string(),
  schemaVersion: number(),
});

/** An asset item as it is written. */
export type AssetItem = InputValue<typeof assetItemSchema>;
