import { executeWrite, type RawItem } from '@cnop/database-core';
import {
  assetChangesOf,
  inventoryErrors,
  type Asset,
  type AssetChanges,
  type AssetStatus,
} from '@cnop/entities-inventory';
import { assetKey, fromAssetItem } from '@cnop/entities-inventory/table';
import {
  ContentionError,
  isDomainError,
  OutcomeUnknownError,
  VersionConflictError,
  type DomainError,
} from '@cnop/exceptions';
import { fullJitterDelay } from '@cnop/utils';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $add, $remove } from 'dynamodb-toolbox/entity/actions/update/symbols';
import type { z } from 'zod';
import type { assetChangeSchema } from './asset-inputs.ts';
import type { AssetContext } from './inventory-table.ts';
import { getAsset } from './read-asset.ts';

/** Changes an asset at a known version; see `AssetDao.updateAsset`. */
export async function updateAsset(
  context: AssetContext,
  { assetId, expectedVersion, changes }: z.output<typeof assetChangeSchema>,
): Promise<Asset> {
  const asset = await getAsset(context, assetId);

  return await writeAtVersion(context, {
    operation: 'updateAsset',
    assetId,
    expectedVersion,
    changes: assetChangesOf(changes, asset),
  });
}

/**
 * Gives an asset a status; see `AssetDao.activateAsset`.
 *
 * The condition is the version and not the status: a status comes back, so a late attempt could undo somebody's later change.
 */
export async function setAssetStatus(context: AssetContext, assetId: string, status: AssetStatus): Promise<Asset> {
  const { retry, random, sleep } = context.database;

  for (let attempt = 1; ; attempt += 1) {
    const asset = await getAsset(context, assetId);
    if (asset.status === status) return asset;

    try {
      const { version: expectedVersion } = asset;
      return await writeAtVersion(context, {
        operation: 'setAssetStatus',
        assetId,
        expectedVersion,
        changes: { status },
      });
    } catch (cause) {
      if (!isDomainError(cause) || cause.code !== 'VERSION_CONFLICT') throw cause;
      if (attempt >= retry.maxAttempts) throw new ContentionError({ attempts: attempt }, { cause });
    }
    await sleep(fullJitterDelay(attempt, retry, random));
  }
}

interface VersionedWrite {
  readonly operation: string;
  readonly assetId: string;
  readonly expectedVersion: number;
  readonly changes: AssetChanges & { readonly status?: AssetStatus };
}

async function writeAtVersion(context: AssetContext, versioned: VersionedWrite): Promise<Asset> {
  const { database, table } = context;
  const { operation, assetId, expectedVersion, changes } = versioned;
  const { description, ...others } = changes;
  const writeId = database.ids.ulid();
  const { Update } = table.asset
    .build(UpdateTransaction)
    .item({
      ...assetKey(assetId),
      ...others,
      ...(description !== undefined && { description: description ?? $remove() }),
      updatedAt: database.clock.now().toISOString(),
      version: $add(1),
      writeId,
    })
    .options({ condition: { attr: 'version', eq: expectedVersion } })
    .params();

  const { item } = await executeWrite(database, {
    operation,
    reference: { assetId },
    guard: {
      write: { Update },
      writeId,
      onConditionFailed: (oldItem, earlierAttemptUnknown) => versionRefusal(versioned, oldItem, earlierAttemptUnknown),
    },
  });
  return item ? fromAssetItem(item) : await getAsset(context, assetId);
}

/** With an earlier attempt of unknown outcome, a version more than one ahead may hide that it took effect. */
function versionRefusal(
  { operation, assetId, expectedVersion }: VersionedWrite,
  oldItem: RawItem | undefined,
  earlierAttemptUnknown: boolean,
): DomainError {
  if (!oldItem) return new inventoryErrors.AssetNotFoundError({ assetId });

  const { version } = fromAssetItem(oldItem);
  return earlierAttemptUnknown && version > expectedVersion + 1
    ? new OutcomeUnknownError({ operation, assetId })
    : new VersionConflictError({ resource: 'asset', expectedVersion, currentVersion: version });
}
