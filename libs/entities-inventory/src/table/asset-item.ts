import type { ItemKey, RawItem } from '@cnop/stored-items';
import { compileItemParser, compileItemReader, type ItemOf } from '@cnop/stored-items/compile';
import { boolean } from 'dynamodb-toolbox/schema/boolean';
import { item } from 'dynamodb-toolbox/schema/item';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { AssetCategory, AssetStatus, type Asset } from '../asset.ts';
import type { Tick } from '../tick.ts';
import { AssetExecution } from '../trading-terms.ts';
import { fromTickItem, isTickItem } from './tick-item.ts';

const ASSET_SORT_KEY = 'ASSET';
const SCHEMA_VERSION = 1;

/** The primary key of the asset with this id. */
export function assetKey(assetId: string): ItemKey {
  return { pk: `ASSET#${assetId}`, sk: ASSET_SORT_KEY };
}

const minor = number().big();

/** The attributes that an asset has in the domain too, under the same names. */
const assetAttributes = {
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
  outOfBand: boolean().enum(true).optional(),
  executablePriceMinor: minor.optional(),
  executableAsOf: string().optional(),
  executableSource: string().optional(),
  status: string().enum(...Object.values(AssetStatus)),
  triggersPaused: boolean().enum(true).optional(),
  maxTickMoveBps: number().optional(),
  execution: string()
    .enum(...Object.values(AssetExecution))
    .optional(),
  maxFills: number().optional(),
  triggerShards: number().optional(),
  triggerReadShards: number().optional(),
  minQuantityMinor: minor,
  minNotionalMinor: minor,
  createdAt: string(),
  updatedAt: string(),
  termsVersion: number(),
};

/**
 * The asset item, as dynamodb-toolbox declares and checks it. Amounts are type N in minor units.
 *
 * `termsWriteId` names the call that wrote the terms last; that of a price is in its tick.
 */
export const assetItemSchema = item({
  pk: string().key(),
  sk: string().key(),
  ...assetAttributes,
  termsWriteId: string(),
  schemaVersion: number(),
});

/** An asset item as it is written. */
export type AssetItem = ItemOf<typeof assetItemSchema>;

const checkItem: (item: AssetItem) => AssetItem = compileItemParser(assetItemSchema);

/** What an asset item carries besides the asset. */
export interface AssetStamp {
  /** The call that wrote the terms last: by it a caller whose response was lost recognizes its own write. */
  readonly termsWriteId: string;
}

/**
 * The item that stores an asset. What is undefined in the asset is absent from the item.
 *
 * @see {@link fromAssetItem} for the reverse.
 */
export function toAssetItem(asset: Asset, stamp: AssetStamp): AssetItem {
  return checkItem({ ...assetKey(asset.assetId), ...asset, ...stamp, schemaVersion: SCHEMA_VERSION });
}

const readAsset = compileItemReader({ kind: 'asset', schema: item(assetAttributes), showKey: true });

/**
 * The asset that an item stores. Attributes that this release does not know are ignored.
 *
 * @throws a plain Error naming the item and the attribute when one is missing or malformed.
 */
export function fromAssetItem(raw: RawItem): Asset {
  return readAsset(raw, (asset) => asset);
}

/** What an item of the inventory table is; `unknown` is one that this release does not know. */
export type InventoryRecord =
  | { readonly kind: 'asset'; readonly asset: Asset }
  | { readonly kind: 'tick'; readonly tick: Tick }
  | { readonly kind: 'unknown' };

/**
 * What an item of the inventory table says.
 *
 * @throws a plain Error naming the item and the attribute when one of an asset or of a tick is missing or malformed.
 */
export function decodeInventoryItem(raw: RawItem): InventoryRecord {
  if (raw['sk'] === ASSET_SORT_KEY) return { kind: 'asset', asset: fromAssetItem(raw) };

  return isTickItem(raw) ? { kind: 'tick', tick: fromTickItem(raw) } : { kind: 'unknown' };
}
