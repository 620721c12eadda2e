import { readItem, readItems, type Database } from '@cnop/database-core';
import { inventoryErrors, type Asset } from '@cnop/entities-inventory';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { assetKey, fromAssetItem } from '@cnop/entities-inventory/table';

/** The inventory table of one database. */
export interface InventoryTable {
  /** Its physical name. */
  readonly tableName: string;
}

/** Opens it. @throws ConfigurationError when the database has no such table. */
export const openInventoryTable = (database: Database): InventoryTable => ({
  tableName: database.tableName(inventoryTableShape.name),
});

/** Where assets are read and written. */
export interface AssetContext {
  readonly database: Database;
  readonly table: InventoryTable;
  /** How far ahead of our clock a price may be. */
  readonly maxPriceAheadMs: number;
  /** How old a price may be when it is accepted and still be traded on. */
  readonly maxPriceAgeMs: number;
}

/** Some assets, and the ids that there is no asset of; both in the order asked for, each once. */
export interface FoundAssets {
  readonly found: readonly Asset[];
  readonly missing: readonly string[];
}

/** The asset as stored, strongly consistent; `undefined` when there is none. */
export async function findAsset({ database, table }: AssetContext, assetId: string): Promise<Asset | undefined> {
  const item = await readItem(database, { tableName: table.tableName, key: assetKey(assetId) });

  return item && fromAssetItem(item);
}

/** The same for an asset that must exist. @throws {@link inventoryErrors.AssetNotFoundError}. */
export async function getAsset(context: AssetContext, assetId: string): Promise<Asset> {
  const asset = await findAsset(context, assetId);
  if (!asset) throw new inventoryErrors.AssetNotFoundError({ assetId });

  return asset;
}

/** The assets of these ids, by BatchGetItem. */
export async function getAssetsByIds(
  { database, table }: AssetContext,
  assetIds: readonly string[],
): Promise<FoundAssets> {
  const wanted = [...new Set(assetIds)];
  const keys = wanted.map((assetId) => assetKey(assetId));
  const items = await readItems(database, { tableName: table.tableName, keys });
  const assets = new Map(items.map(fromAssetItem).map((asset) => [asset.assetId, asset]));

  return {
    found: wanted.flatMap((assetId) => assets.get(assetId) ?? []),
    missing: wanted.filter((assetId) => !assets.has(assetId)),
  };
}
