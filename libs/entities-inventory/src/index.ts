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
  tickListResponseSchema,
  tickResponseSchema,
  toTickListResponse,
  toTickResponse,
  type TickListResponse,
  type TickPage,
  type TickResponse,
} from './tick-response.ts';
export {
  afterTick,
  judgeTick,
  MAX_PRICE_AGE_MS,
  TICK_KEPT_MS,
  tickSchema,
  type Tick,
  type TickJudgement,
  type TickTerms,
} from './tick.ts';
export { AssetExecution } from './trading-terms.ts';
export {
  isTooFarAhead,
  MAX_PRICE_AHEAD_MS,
  quoteFrom,
  quoteOfAsset,
  type AssetTerms,
  type PriceSource,
  type Quote,
} from './price-source.ts';
