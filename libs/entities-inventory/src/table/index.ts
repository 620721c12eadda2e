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
export {
  fromTickItem,
  isTickItem,
  tickItemSchema,
  tickKey,
  tickSortKeys,
  toTickItem,
  type TickItem,
} from './tick-item.ts';
