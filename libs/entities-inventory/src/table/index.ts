export { assetItemSchema, type AssetItem } from './asset-item.ts';
export { fromAssetItem, toAssetItem, type AssetStamp } from './asset-item-mapping.ts';
export { assetKey, type AssetKey } from './keys.ts';
