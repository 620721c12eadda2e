import { getAssetDao } from '@cnop/dao-inventory';
import type { Database } from '@cnop/database-core';
import { createService, type Service, type ServiceOptions } from '@cnop/middleware';
import { assetRoutes } from './asset-routes.ts';

/** What the inventory service is made of. */
export interface InventoryServiceOptions extends Omit<ServiceOptions, 'openApi'> {
  readonly database: Database;
}

/** Makes the inventory service: `/v1/assets`, and what every service has. */
export async function createInventoryService({ database, ...options }: InventoryServiceOptions): Promise<Service> {
  const service = await createService({ ...options, openApi: { title: 'CNOP inventory', version: '1.0.0' } });

  await service.register(assetRoutes, { assets: getAssetDao(database) });
  return service;
}
