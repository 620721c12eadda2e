import { getAssetDao } from '@cnop/dao-inventory';
import { getUserDao } from '@cnop/dao-user';
import { ensureTables, type Database } from '@cnop/database-core';
import { inventoryTableShape } from '@cnop/entities-inventory/table';
import { ordersTableShape } from '@cnop/entities-order/table';
import { usersTableShape } from '@cnop/entities-user/table';
import { lastCloses, listStocks, loadPriceHistory } from '@cnop/sample-market';
import { ensureFirstUsers, type FirstUser } from '@cnop/user-service';

/** Creates the tables, lists the sample stocks at their last close and registers the first users; once, however often it runs. */
export async function seed(database: Database, firstUsers: readonly FirstUser[]): Promise<void> {
  await ensureTables(database, [usersTableShape, ordersTableShape, inventoryTableShape]);
  await listStocks(getAssetDao(database));
  await refreshPrices(database);
  await ensureFirstUsers(getUserDao(database), firstUsers);
}

/** Sets the last close of every sample stock again, as of now, so that it can be traded on. */
export async function refreshPrices(database: Database): Promise<void> {
  const assets = getAssetDao(database);
  const asOf = database.clock.now().toISOString();

  for (const [assetId, { price }] of lastCloses(loadPriceHistory())) {
    await assets.setPrice({ assetId, price, asOf, source: 'sample-market' });
  }
}
