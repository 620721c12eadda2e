export { AssetDao, type AssetDaoOptions } from './asset-dao.ts';
export type { AssetChange, AssetPrice, NewAsset } from './asset-inputs.ts';
export type { AssetList } from './asset-list.ts';
export { createAssetPriceSource, type AssetPriceSourceOptions } from './asset-price-source.ts';
export { getAssetDao } from './get-asset-dao.ts';
export type { FoundAssets } from './read-asset.ts';
