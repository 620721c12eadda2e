import { getAssetDao } from '@cnop/dao-inventory';
import { getBalanceDao } from '@cnop/dao-ledger';
import { getUserDao } from '@cnop/dao-user';
import { createDatabase, deleteTables, ensureTables, type Database, type DatabaseOptions } from '@cnop/database-core';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { makeAssetCreate } from '@cnop/entities-inventory/testing';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { usersTableShape } from '@cnop/entities-user/shape';
import { makeUserCreate } from '@cnop/entities-user/testing';
import { isolatedTables } from '@cnop/testing';

const shapes = [usersTableShape, ledgerTableShape, ordersTableShape, inventoryTableShape];

/** The names of the tables, drawn by chance, so that two runs never meet. */
export const tables = isolatedTables(['users', 'ledger', 'orders', 'inventory'], 'cnop-test');

/** Creates the tables and the asset GOLD at 100.00 USD. When it fails, the tables are deleted again. */
export async function openMarket(options: Omit<DatabaseOptions, 'tables'>) {
  const database = createDatabase({ ...options, tables });
  let closing: Promise<void> | undefined;
  /** Deletes the tables, whatever happened; once. */
  const close = () =>
    (closing ??= deleteTables(database, shapes).finally(() => {
      database.close();
    }));

  try {
    await ensureTables(database, shapes);
    const assets = getAssetDao(database);
    const asOf = database.clock.now().toISOString();
    await assets.createAsset(makeAssetCreate({ assetId: 'GOLD', decimals: 3 }));
    await assets.setPrice({ assetId: 'GOLD', price: '100.00', asOf, source: 'aws-suite' });
    return { database, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Registers a user and deposits that many cents. */
export async function addTrader(database: Database, username: string, cents: bigint): Promise<void> {
  const deposit = { owner: username, transactionType: 'DEPOSIT', code: 'USD', idempotencyKey: 'first' } as const;

  await getUserDao(database).createUser(makeUserCreate({ username, email: `${username}@example.com` }));
  await getBalanceDao(database).createTransaction({ ...deposit, amountMinor: cents });
}
