export { assetItemSchema, type AssetItem } from './asset-item.ts';
export { fromAssetItem, toAssetItem, type AssetStamp } from './asset-item-mapping.ts';
export { inventoryTableShape } from './inventory-table.ts';
export { assetKey, type AssetKey } from './keys.ts';
