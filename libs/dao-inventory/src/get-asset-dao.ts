import type { Database } from '@cnop/database-core';
import { AssetDao } from './asset-dao.ts';

const assetDaos = new WeakMap<Database, AssetDao>();

/** The one AssetDao of a database, for injection. */
export function getAssetDao(database: Database): AssetDao {
  const dao = assetDaos.get(database) ?? new AssetDao({ database });

  assetDaos.set(database, dao);
  return dao;
}
