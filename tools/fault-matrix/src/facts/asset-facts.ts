import { readItems, type Database } from '@cnop/database-core';
import type { Asset } from '@cnop/entities-inventory';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { assetKey, fromAssetItem } from '@cnop/entities-inventory/table';
import type { WorldNames } from '../world-names.ts';
import { factLine } from './fact-line.ts';
import type { Fact } from './fact.ts';

/** An asset as a fact, with its price. */
export function assetFact({ assetId, status, name, priceMinor, version }: Asset): Fact {
  const line = factLine(
    'asset',
    status,
    name,
    priceMinor === undefined ? undefined : `at ${priceMinor}`,
    `v${version}`,
  );

  return { id: assetId, line, isFence: false };
}

/** The asset of a world, if it is there. */
export async function readAsset(database: Database, { assetId }: WorldNames): Promise<Fact[]> {
  const tableName = database.tableName(inventoryTableShape.name);
  const keys = [{ ...assetKey(assetId) }];

  return (await readItems(database, { tableName, keys })).map((item) => assetFact(fromAssetItem(item)));
}
