import { getAssetDao } from '@cnop/dao-inventory';
import { getUserDao } from '@cnop/dao-user';
import { ensureTables, type Database } from '@cnop/database-core';
import { lastCloses, listStocks, loadPriceHistory } from '@cnop/sample-market';
import { ensureFirstUsers, type FirstUser } from '@cnop/user-service';
import { stackShapes } from './create-stack-service.ts';

/** Creates the tables, lists the sample stocks at their last close and registers the first users; once, however often it runs. */
export async function seed(database: Database, firstUsers: readonly FirstUser[]): Promise<void> {
  await ensureTables(database, stackShapes);
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
