import { getAssetDao } from '@cnop/dao-inventory';
import { getBalanceDao } from '@cnop/dao-ledger';
import { getOrderDao } from '@cnop/dao-order';
import { createDatabase, deleteTables, ensureTables, type Database, type DatabaseOptions } from '@cnop/database-core';
import type { OrderCreate, OrderStatus } from '@cnop/entities-order';
import { createOrderFlow } from '@cnop/flow-order';
import { createFaultInjector, eventually, isolatedTables, testConnection, type FaultInjector } from '@cnop/testing';
import { workerShapes } from '../../src/settings.ts';

/** Assets, owners and orders over tables of a test file's own. */
export interface TestExchange {
  readonly database: Database;
  /** The environment that names the tables. */
  readonly env: NodeJS.ProcessEnv;
  /** Another process on the same tables, whose requests fail by script. */
  connect(options?: Partial<DatabaseOptions>): { readonly database: Database; readonly http: FaultInjector };
  market: ReturnType<typeof marketOf>;
}

/** What is done on a database: an asset of its own at 25.00 USD, an owner with 100.00 USD. */
export function marketOf(database: Database) {
  const assets = getAssetDao(database);
  const orders = getOrderDao(database);
  const flow = createOrderFlow({ database });
  let listed = 0;
  /** The ticks of these come once an order on them is over. */
  const expiries = new Map<string, string>();
  const tick = async (assetId: string, price: string): Promise<string> => {
    const asOf = await eventually('a later millisecond', async () => {
      const now = database.clock.now().toISOString();
      return now > ((await assets.getAsset(assetId)).priceAsOf ?? '') && now >= (expiries.get(assetId) ?? '') && now;
    });

    await assets.setPrice({ assetId, price, asOf, source: 'test' });
    return asOf;
  };
  const statusOf = async (orderId: string): Promise<OrderStatus> => (await orders.getOrder(orderId)).status;

  return {
    orders,
    assets,
    tick,
    statusOf,
    list: async () => {
      listed += 1;
      const assetId = `STOCK${listed}`;
      const terms = { name: 'A stock', category: 'STOCK', currency: 'USD', decimals: 3, priceScale: 2 } as const;
      await assets.createAsset({ assetId, ...terms });
      await tick(assetId, '25.00');
      return assetId;
    },
    /** Places an order of a new owner: by default a limit buy of one share at 20.00 USD. */
    place: async (assetId: string, fields: Record<string, unknown> = {}): Promise<string> => {
      const owner = `owner-${database.ids.ulid()}`;
      const deposit = { transactionType: 'DEPOSIT', code: 'USD', amountMinor: 10_000n } as const;
      await getBalanceDao(database).createTransaction({ owner, ...deposit });
      const order = { orderType: 'LIMIT_BUY', assetId, quantity: '1', limitPrice: '20.00', ...fields };
      return (await flow.placeOrder({ owner, order: order as OrderCreate })).order.orderId;
    },
    /** The expiry of an order that the next tick passes. */
    expiresSoon: async (assetId: string): Promise<{ readonly expiresAt: string }> => {
      const { priceAsOf = '' } = await assets.getAsset(assetId);
      const soon = Math.max(Date.parse(priceAsOf), database.clock.now().getTime()) + 1_500;
      const expiresAt = new Date(soon).toISOString();
      expiries.set(assetId, expiresAt);
      return { expiresAt };
    },
    isOver: (orderId: string) =>
      eventually(`order ${orderId} is over`, async () => !['QUEUED', 'PROCESSING'].includes(await statusOf(orderId))),
  };
}

/** Creates the tables before the tests of the file and deletes them after. */
export function useTestExchange(): TestExchange {
  const tables = isolatedTables(workerShapes.map(({ name }) => name));
  const opened: Database[] = [];
  const connect: TestExchange['connect'] = (options = {}) => {
    const http = createFaultInjector();
    const database = createDatabase({ ...testConnection(), tables, requestHandler: http, ...options });

    opened.push(database);
    return { database, http };
  };
  const { database } = connect();

  beforeAll(() => ensureTables(database, workerShapes));
  afterAll(async () => {
    await deleteTables(database, workerShapes);
    opened.forEach((each) => each.close());
  });

  return {
    database,
    connect,
    market: marketOf(database),
    env: {
      ...process.env,
      AWS_REGION: testConnection().region,
      CNOP_TABLE_LEDGER: tables['ledger'],
      CNOP_TABLE_ORDERS: tables['orders'],
      CNOP_TABLE_INVENTORY: tables['inventory'],
    },
  };
}
