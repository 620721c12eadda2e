export { assetCategorySchema, AssetCategory } from './asset-category.ts';
export { assertAssetIdFree, assetCreateSchema, newAsset, type AssetCreate } from './asset-create.ts';
export {
  assetListResponseSchema,
  toAssetListResponse,
  type AssetListResponse,
  type AssetPage,
} from './asset-list-response.ts';
export { assetResponseSchema, toAssetResponse, type AssetResponse } from './asset-response.ts';
export { assetStatusSchema, AssetStatus } from './asset-status.ts';
export { assetChangesOf, assetUpdateSchema, type AssetChanges, type AssetUpdate } from './asset-update.ts';
export { assetSchema, type Asset } from './asset.ts';
export { inventoryErrors } from './errors.ts';
export type { AssetTerms, PriceSource, Quote } from './price-source.ts';
export { priceUpdateSchema, type PriceUpdate } from './price-update.ts';
