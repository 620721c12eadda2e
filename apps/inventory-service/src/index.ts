export { assetRoutes, type AssetRoutesOptions } from './asset-routes.ts';
export { inventoryService } from './inventory-service.ts';
