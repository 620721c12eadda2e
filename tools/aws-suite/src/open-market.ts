import { getAssetDao } from '@cnop/dao-inventory';
import { getBalanceDao } from '@cnop/dao-ledger';
import { getUserDao } from '@cnop/dao-user';
import { createDatabase, deleteTables, ensureTables, type Database, type DatabaseOptions } from '@cnop/database-core';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { usersTableShape } from '@cnop/entities-user/shape';

const shapes = [usersTableShape, ledgerTableShape, ordersTableShape, inventoryTableShape];

/** Tables of the suite's own, with one asset that has a price. */
export interface Market {
  readonly database: Database;
  /** Deletes the tables, whatever happened. */
  close(): Promise<void>;
}

/** Makes the tables and the asset GOLD at 100.00 USD. When it fails, the tables are deleted again. */
export async function openMarket(options: DatabaseOptions): Promise<Market> {
  const database = createDatabase(options);
  const close = async () => {
    try {
      await deleteTables(database, shapes);
    } finally {
      database.close();
    }
  };

  try {
    await ensureTables(database, shapes);
    await listGold(database);
    return { database, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function listGold(database: Database): Promise<void> {
  const assets = getAssetDao(database);
  const asOf = database.clock.now().toISOString();

  await assets.createAsset({
    assetId: 'GOLD',
    name: 'Gold',
    category: 'COMMODITY',
    currency: 'USD',
    decimals: 3,
    priceScale: 2,
  });
  await assets.setPrice({ assetId: 'GOLD', price: '100.00', asOf, source: 'aws-suite' });
}

/** Registers a user and gives her so many cents. */
export async function addTrader(database: Database, username: string, cents: bigint): Promise<void> {
  await getUserDao(database).createUser({
    username,
    email: `${username}@example.com`,
    password: 'correct horse battery staple',
    firstName: 'Ada',
    lastName: 'L',
  });
  await getBalanceDao(database).createTransaction({
    owner: username,
    transactionType: 'DEPOSIT',
    code: 'USD',
    amountMinor: cents,
    idempotencyKey: 'first',
  });
}
