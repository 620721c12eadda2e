export type { AssetChange } from './asset-changes.ts';
export { AssetDao, getAssetDao, type AssetDaoOptions, type NewAsset } from './asset-dao.ts';
export type { AssetList } from './asset-list.ts';
export { createAssetPriceSource, type AssetPriceSourceOptions } from './asset-price-source.ts';
export type { FoundAssets } from './inventory-table.ts';
export type { AssetPrice } from './set-price.ts';
export type { TickList, TickRange } from './tick-log.ts';
