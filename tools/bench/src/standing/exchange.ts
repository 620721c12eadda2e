import { AssetDao, type NewAsset } from '@cnop/dao-inventory';
import { BalanceDao } from '@cnop/dao-ledger';
import { OrderDao } from '@cnop/dao-order';
import { createDatabase, ensureTables, type DatabaseOptions } from '@cnop/database-core';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { createOrderFlow, type PlaceOrder } from '@cnop/flow-order';
import { createOrderEngine, type OrderEngineOptions } from '@cnop/flow-order/engine';
import { isolatedTables, startDynamoDb } from '@cnop/testing';
import { createManualClock } from '@cnop/utils';

/** A DynamoDB of its own with an asset, prices and orders, at a time that moves by hand. */
export type Exchange = Awaited<ReturnType<typeof openExchange>>;

/** The terms of every asset of these figures: prices in thousandths, quantities in millionths. */
const gold = {
  name: 'Gold',
  category: 'COMMODITY',
  currency: 'EUR',
  priceScale: 3,
  decimals: 6,
  minQuantity: '0.000100',
  minNotional: '1.00',
} as const;

/** What an engine of the figures writes of its own: no checkpoint within the work that is measured. */
const noCheckpoints = { checkpointEveryTicks: 1_000_000, checkpointEveryMs: 1_000_000_000 };

/** Starts the embedded DynamoDB with empty tables. */
export async function openExchange() {
  const running = await startDynamoDb({
    env: { ...process.env, DYNAMODB_ENDPOINT: undefined, CNOP_DYNAMODB: 'embedded' },
  });
  const { endpoint, region, credentials } = running;
  const clock = createManualClock('2026-03-02T14:30:00.000Z');
  const tables = isolatedTables(['ledger', 'orders', 'inventory'], 'bench');
  const config = { endpoint, region, credentials };
  const opened: { close(): void }[] = [];

  /** Another process on the same tables. */
  const connect = (options: Partial<DatabaseOptions> = {}) => {
    // A busy machine may keep a request waiting for long.
    const timeouts = { connectMs: 30_000, requestMs: 60_000 };
    const database = createDatabase({ ...config, tables, clock, timeouts, ...options });
    opened.push(database);
    return database;
  };
  const stop = async () => {
    for (const each of opened) each.close();
    await running.stop();
  };
  const database = connect();
  const [assets, balances, orders] = [
    new AssetDao({ database }),
    new BalanceDao({ database }),
    new OrderDao({ database }),
  ];
  const flow = createOrderFlow({ database });

  try {
    await ensureTables(database, [ledgerTableShape, ordersTableShape, inventoryTableShape]);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    database,
    tables,
    config,
    clock,
    assets,
    balances,
    orders,
    flow,
    connect,
    stop,
    /** Another asset, at a price of now. */
    list: async (assetId: string, price: string, terms: Partial<NewAsset> = {}) => {
      await assets.createAsset({ assetId, ...gold, ...terms });
      await assets.setPrice({ assetId, price, asOf: clock.now().toISOString(), source: 'bench' });
    },
    /** A price of a second later than the one before. */
    tick: async (assetId: string, price: string) => {
      clock.advance(1_000);
      await assets.setPrice({ assetId, price, asOf: clock.now().toISOString(), source: 'bench' });
    },
    /** An owner who has a million euros and a million of an asset. */
    fund: async (owner: string, assetId: string) => {
      const gift = { owner, amount: '1000000' } as const;
      await balances.createTransaction({ ...gift, transactionType: 'DEPOSIT', code: 'EUR' });
      await balances.createTransaction({ ...gift, transactionType: 'SYSTEM_ADJUSTMENT', code: assetId, scale: 6 });
    },
    place: async (owner: string, order: object) => {
      const { order: placed } = await flow.placeOrder({ owner, order: order as PlaceOrder['order'] });
      return placed;
    },
    /** An engine over this or another connection. */
    engine: (options: Partial<OrderEngineOptions> = {}) =>
      createOrderEngine({ database, ...noCheckpoints, ...options }),
  };
}
