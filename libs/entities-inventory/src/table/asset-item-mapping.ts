import { compileItemParser, withoutUndefined } from '@cnop/utils';
import type { FormattedValue } from 'dynamodb-toolbox/schema';
import { item } from 'dynamodb-toolbox/schema/item';

import type { Asset } from '../asset.ts';
import { assetAttributes, type AssetItem } from './asset-item.ts';
import { assetKey } from './keys.ts';
import { decodeNumbers } from './read-attributes.ts';

const SCHEMA_VERSION = 1;
const assetSchema = item(assetAttributes);
const readAttributes = compileItemParser(assetSchema) as (raw: object) => FormattedValue<typeof assetSchema>;

/** What an asset item carries besides the asset. */
export interface AssetStamp {
  /** The call that wrote the item last: by it a caller whose answer was lost knows its own write again. */
  readonly writeId: string;
}

/**
 * The item that stores an asset. What is undefined in the asset is absent from the item.
 *
 * @see {@link fromAssetItem} for the reverse.
 */
export function toAssetItem(asset: Asset, { writeId }: AssetStamp): AssetItem {
  return withoutUndefined<AssetItem>({ ...assetKey(asset.assetId), ...asset, writeId, schemaVersion: SCHEMA_VERSION });
}

/**
 * The asset that an item stores.
 *
 * Takes the item as the document client reads it, small amounts as `number` and large ones as `bigint`, and ignores attributes that it
 * does not know.
 *
 * @throws a plain Error naming the item and the attribute when one is missing or malformed.
 */
export function fromAssetItem(raw: Record<string, unknown>): Asset {
  try {
    return decodeNumbers(readAttributes(raw));
  } catch (cause) {
    throw new Error(
      `Malformed asset item ${typeof raw.pk === 'string' ? raw.pk : 'without a key'}: ${(cause as Error).message}`,
      { cause },
    );
  }
}
