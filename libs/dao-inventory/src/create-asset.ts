import { executeWrite, putIfAbsent, type RawItem } from '@cnop/database-core';
import { inventoryErrors, newAsset, type Asset, type AssetCreate } from '@cnop/entities-inventory';
import { fromAssetItem, toAssetItem } from '@cnop/entities-inventory/table';
import { OutcomeUnknownError, type DomainError } from '@cnop/exceptions';
import type { AssetContext } from './inventory-table.ts';

/** Puts a new asset, if there is none of that id; see `AssetDao.createAsset`. */
export async function createAsset({ database, table }: AssetContext, create: AssetCreate): Promise<Asset> {
  const asset = newAsset(create, database.clock.now().toISOString());
  const writeId = database.ids.ulid();

  await executeWrite(database, {
    operation: 'createAsset',
    reference: { assetId: asset.assetId },
    guard: {
      write: putIfAbsent(table.tableName, toAssetItem(asset, { writeId })),
      writeId,
      onConditionFailed: (oldItem, earlierAttemptUnknown) => existsRefusal(asset, oldItem, earlierAttemptUnknown),
    },
  });
  return asset;
}

/** An asset of the same instant that was changed since may be what an earlier attempt of unknown outcome made. */
function existsRefusal(
  { assetId, createdAt }: Asset,
  oldItem: RawItem | undefined,
  earlierAttemptUnknown: boolean,
): DomainError {
  if (!oldItem) throw new Error('An asset that is absent cannot be in the way.');

  const existing = fromAssetItem(oldItem);
  return earlierAttemptUnknown && existing.version > 1 && existing.createdAt === createdAt
    ? new OutcomeUnknownError({ operation: 'createAsset', assetId })
    : new inventoryErrors.AssetExistsError({ assetId });
}
