export { checkTables } from './check-tables.ts';
export { assetRoutes, type AssetRoutesOptions } from './asset-routes.ts';
export { createInventoryService, type InventoryServiceOptions } from './create-inventory-service.ts';
export { startInventoryService } from './start-inventory-service.ts';
