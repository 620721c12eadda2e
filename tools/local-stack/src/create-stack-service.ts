import { getAssetDao } from '@cnop/dao-inventory';
import { getOrderDao } from '@cnop/dao-order';
import { createAccessCheck, getAccessReader } from '@cnop/dao-user/access';
import { observeDatabase, type Database } from '@cnop/database-core';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { usersTableShape } from '@cnop/entities-user/shape';
import { createOrderFlow } from '@cnop/flow-order';
import { assetRoutes } from '@cnop/inventory-service';
import {
  createMetrics,
  createService,
  createTokenIssuer,
  createTokenVerifier,
  databaseObserver,
  generateSigningKey,
  type LoadSheddingOptions,
  type Metrics,
  type RateLimitsOptions,
  type Service,
  type ServiceOptions,
  type TokenIssuerOptions,
} from '@cnop/middleware';
import { checkTables } from '@cnop/middleware/service';
import { orderRoutes, serveOrderEvents } from '@cnop/order-service';
import { userRoutes } from '@cnop/user-service';

/** What the service of the stack works with. */
export interface StackServiceOptions {
  readonly database: Database;
  readonly rateLimits?: RateLimitsOptions | undefined;
  /** Default: that of every service. */
  readonly loadShedding?: LoadSheddingOptions | undefined;
  /** Default: warnings and errors, on standard output. */
  readonly logging?: NonNullable<ServiceOptions['server']>['logging'];
  /** Default: new ones. */
  readonly metrics?: Metrics;
  /** Private keys that sign access tokens. Default: a new one. */
  readonly keys?: TokenIssuerOptions['keys'];
}

/** The tables of the stack. */
export const stackShapes = [usersTableShape, ledgerTableShape, ordersTableShape, inventoryTableShape];

/** Of whom and for whom its access tokens are. */
const stackTokens = { issuer: 'http://localhost/cnop', audience: 'cnop' };

/** The routes of all three services at one origin, by default with a signing key of its own: access tokens end with the process, sessions do not. */
export async function createStackService(options: StackServiceOptions): Promise<Service> {
  const { database, rateLimits, loadShedding, logging = { name: 'local-stack', level: 'warn' } } = options;
  const keys = options.keys ?? { keys: [await generateSigningKey()] };
  const issuer = await createTokenIssuer({ ...stackTokens, keys });
  const { metrics = createMetrics() } = options;
  const users = createAccessCheck({ reader: getAccessReader(database) });
  const service = await createService({
    openApi: { title: 'CNOP', version: '1.0.0' },
    metrics,
    health: checkTables(database, stackShapes),
    authentication: {
      users,
      cacheMs: 0,
      verifier: createTokenVerifier({ ...stackTokens, keys: issuer.publicKeys }),
    },
    server: { logging },
    ...(rateLimits && { rateLimits }),
    ...(loadShedding && { loadShedding }),
  });

  observeDatabase(database, databaseObserver({ log: service.log, metrics }));
  const { address } = rateLimits ?? {};
  await service.register(userRoutes, { database, issuer, ...(address && { authLimits: { address } }) });
  const flow = createOrderFlow({ database });
  // One process serves all: it tells every change of an order to whoever follows it.
  const events = serveOrderEvents(service, { database, flow, users });
  await service.register(orderRoutes, { flow, orders: getOrderDao(database), metrics, events });
  await service.register(assetRoutes, { assets: getAssetDao(database) });
  return service;
}
