export {
  assetItemSchema,
  assetKey,
  decodeInventoryItem,
  fromAssetItem,
  toAssetItem,
  type AssetItem,
  type AssetStamp,
  type InventoryRecord,
} from './asset-item.ts';
