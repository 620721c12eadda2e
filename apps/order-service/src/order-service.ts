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
import { serveOrderEvents } from './events/serve-order-events.ts';
import { orderRoutes } from './order-routes.ts';

const DAY_MS = 24 * 3_600_000;

const settings = z.object({
  CNOP_JWKS_URL: httpUrlSetting(),
  CNOP_MAX_PRICE_AGE_MS: wholeNumberSetting().optional(),
  CNOP_FEE_BPS: wholeNumberSetting(MAX_FEE_BPS, 0).default(0),
  CNOP_COLLAR_BPS: wholeNumberSetting(10_000, 0).optional(),
  CNOP_MAX_OPEN_ORDERS: wholeNumberSetting().optional(),
  CNOP_MAX_ORDER_LIFE_DAYS: wholeNumberSetting(90).optional(),
  CNOP_EXPIRY_SHARDS: wholeNumberSetting(64).optional(),
  CNOP_ORDER_EVENTS: z.enum(['process'], { error: 'must be process, or missing' }).optional(),
});

/** `/v1/orders`: orders with the money and the assets that they move. */
export const orderService: ServiceDefinition<z.output<typeof settings>> = {
  name: 'order-service',
  title: 'CNOP orders',
  tables: [usersTableShape, ledgerTableShape, ordersTableShape, inventoryTableShape],
  settings,
  // Its policy permits writes inside of transactions only.
  singleWrites: 'transaction',
  compose: ({ settings, database, metrics }) => {
    const users = createAccessCheck({ reader: getAccessReader(database) });

    return {
      users,
      keys: new URL(settings.CNOP_JWKS_URL),
      addRoutes: async (service) => {
        const flow = createOrderFlow({
          database,
          maxPriceAgeMs: settings.CNOP_MAX_PRICE_AGE_MS,
          feeSchedule: flatFee(settings.CNOP_FEE_BPS),
          collarBps: settings.CNOP_COLLAR_BPS,
          maxOpenOrders: settings.CNOP_MAX_OPEN_ORDERS,
          maxOrderLifeMs: settings.CNOP_MAX_ORDER_LIFE_DAYS && settings.CNOP_MAX_ORDER_LIFE_DAYS * DAY_MS,
          expiryShards: settings.CNOP_EXPIRY_SHARDS,
        });
        const events = settings.CNOP_ORDER_EVENTS && serveOrderEvents(service, { database, flow, users });

        await service.register(orderRoutes, { flow, orders: new OrderDao({ database }), metrics, events });
      },
    };
  },
};
