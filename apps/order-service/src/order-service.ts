import { OrderDao } from '@cnop/dao-order';
import { createAccessCheck, getAccessReader } from '@cnop/dao-user/access';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { usersTableShape } from '@cnop/entities-user/shape';
import { flatFee, MAX_FEE_BPS } from '@cnop/entities-order';
import { createOrderFlow } from '@cnop/flow-order';
import type { ServiceDefinition } from '@cnop/middleware/service';
import { httpUrlSetting, wholeNumberSetting } from '@cnop/validation';
import * as z from 'zod';
import { orderRoutes } from './order-routes.ts';

const settings = z.object({
  CNOP_JWKS_URL: httpUrlSetting(),
  CNOP_MAX_PRICE_AGE_MS: wholeNumberSetting().optional(),
  CNOP_FEE_BPS: wholeNumberSetting(MAX_FEE_BPS, 0).default(0),
  CNOP_COLLAR_BPS: wholeNumberSetting(10_000, 0).optional(),
  CNOP_MAX_OPEN_ORDERS: wholeNumberSetting().optional(),
  CNOP_MAX_ORDER_LIFE_MS: wholeNumberSetting(90 * 24 * 3_600_000).optional(),
  CNOP_EXPIRY_SHARDS: wholeNumberSetting(64).optional(),
});

/** `/v1/orders`: orders with the money and the assets that they move. */
export const orderService: ServiceDefinition<z.output<typeof settings>> = {
  name: 'order-service',
  title: 'CNOP orders',
  tables: [usersTableShape, ledgerTableShape, ordersTableShape, inventoryTableShape],
  settings,
  // Its policy permits writes inside of transactions only.
  singleWrites: 'transaction',
  compose: ({ settings, database, metrics }) => ({
    users: createAccessCheck({ reader: getAccessReader(database) }),
    keys: new URL(settings.CNOP_JWKS_URL),
    addRoutes: async (service) => {
      const flow = createOrderFlow({
        database,
        maxPriceAgeMs: settings.CNOP_MAX_PRICE_AGE_MS,
        feeSchedule: flatFee(settings.CNOP_FEE_BPS),
        collarBps: settings.CNOP_COLLAR_BPS,
        maxOpenOrders: settings.CNOP_MAX_OPEN_ORDERS,
        maxOrderLifeMs: settings.CNOP_MAX_ORDER_LIFE_MS,
        expiryShards: settings.CNOP_EXPIRY_SHARDS,
      });

      await service.register(orderRoutes, { flow, orders: new OrderDao({ database }), metrics });
    },
  }),
};
