import type { Database } from '@cnop/database-core';
import { AssetDao } from './asset-dao.ts';

/** The AssetDao over a database, for injection. */
export const getAssetDao = (database: Database): AssetDao => new AssetDao({ database });
