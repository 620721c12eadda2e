import { AssetDao } from '@cnop/dao-inventory';
import { createAccessCheck, getAccessReader } from '@cnop/dao-user/access';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { usersTableShape } from '@cnop/entities-user/shape';
import type { ServiceDefinition } from '@cnop/middleware/service';
import { httpUrlSetting, wholeNumberSetting } from '@cnop/validation';
import * as z from 'zod';
import { assetRoutes } from './asset-routes.ts';

const settings = z.object({
  CNOP_JWKS_URL: httpUrlSetting(),
  CNOP_MAX_PRICE_AGE_MS: wholeNumberSetting().optional(),
});

/** `/v1/assets`: assets and their prices. */
export const inventoryService: ServiceDefinition<z.output<typeof settings>> = {
  name: 'inventory-service',
  title: 'CNOP inventory',
  tables: [inventoryTableShape, usersTableShape],
  settings,
  compose: ({ settings: { CNOP_JWKS_URL, CNOP_MAX_PRICE_AGE_MS: maxPriceAgeMs }, database }) => ({
    users: createAccessCheck({ reader: getAccessReader(database) }),
    keys: new URL(CNOP_JWKS_URL),
    addRoutes: async (service) => {
      await service.register(assetRoutes, { assets: new AssetDao({ database, maxPriceAgeMs }) });
    },
  }),
};
