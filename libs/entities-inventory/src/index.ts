export {
  assertAssetIdFree,
  assetChangesOf,
  assetCreateSchema,
  assetUpdateSchema,
  newAsset,
  priceUpdateSchema,
  type AssetChanges,
  type AssetCreate,
  type AssetUpdate,
  type PriceUpdate,
} from './asset-requests.ts';
export {
  assetListResponseSchema,
  assetResponseSchema,
  toAssetListResponse,
  toAssetResponse,
  type AssetListResponse,
  type AssetPage,
  type AssetResponse,
} from './asset-response.ts';
export {
  AssetCategory,
  assetCategorySchema,
  assetSchema,
  AssetStatus,
  assetStatusSchema,
  type Asset,
} from './asset.ts';
export { inventoryErrors } from './errors.ts';
export {
  isTooFarAhead,
  MAX_PRICE_AHEAD_MS,
  quoteFrom,
  type AssetTerms,
  type PriceSource,
  type Quote,
} from './price-source.ts';
