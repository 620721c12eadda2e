import { changeAsItStands, executeWrite, putIfAbsent, type RawItem, type WriteGuard } from '@cnop/database-core';
import {
  assetChangesOf,
  assetUpdateSchema,
  inventoryErrors,
  newAsset,
  type Asset,
  type AssetChanges,
  type AssetCreate,
  type AssetStatus,
} from '@cnop/entities-inventory';
import { assetKey, fromAssetItem, toAssetItem } from '@cnop/entities-inventory/table';
import { type DomainError, sharedErrors } from '@cnop/exceptions';
import { assetIdSchema } from '@cnop/validation';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $add, $remove } from 'dynamodb-toolbox/entity/actions/update/symbols';
import * as z from 'zod';
import { inventoryEntities } from './inventory-entities.ts';
import { getAsset, type AssetContext } from './inventory-table.ts';

/** Accepts a change of an asset. */
export const assetChangeSchema = z.strictObject({
  assetId: assetIdSchema,
  /** The version of the terms that was read; another one in the store refuses the change. */
  expectedVersion: z.int().min(1),
  changes: assetUpdateSchema,
});

/** A change of an asset at a known version. */
export type AssetChange = z.input<typeof assetChangeSchema>;

/** A change of terms is tried again for so long, and after so short a wait, that no stream of prices keeps it out. */
const persistForMs = 10_000;
const persistently = { maxAttempts: 1_000, baseDelayMs: 20, maxDelayMs: 20 };

/** The terms and the price of an asset are written by others than one another, and never taken for one another. */
const termsStamp = (termsWriteId: string): Pick<WriteGuard, 'writeId' | 'writeIdAttribute'> => ({
  writeId: termsWriteId,
  writeIdAttribute: 'termsWriteId',
});

/** Puts a new asset, not yet priced, if there is none of that id. */
export async function createAsset({ database, table }: AssetContext, create: AssetCreate): Promise<Asset> {
  const asset = newAsset(create, database.clock.now().toISOString());
  const termsWriteId = database.ids.ulid();

  await executeWrite(database, {
    operation: 'createAsset',
    reference: { assetId: asset.assetId },
    guard: {
      write: putIfAbsent(table.tableName, toAssetItem(asset, { termsWriteId })),
      ...termsStamp(termsWriteId),
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
  if (!oldItem) throw new Error('An absent asset cannot block a put.');

  const existing = fromAssetItem(oldItem);
  return earlierAttemptUnknown && existing.termsVersion > 1 && existing.createdAt === createdAt
    ? new sharedErrors.OutcomeUnknownError({ operation: 'createAsset', assetId })
    : new inventoryErrors.AssetExistsError({ assetId });
}

/** Changes an asset at a known version. */
export async function updateAsset(
  context: AssetContext,
  { assetId, expectedVersion, changes }: z.output<typeof assetChangeSchema>,
): Promise<Asset> {
  const asset = await getAsset(context, assetId);
  // What is changed is judged by the terms of that version, so no other ones will do.
  if (asset.termsVersion !== expectedVersion) throw versionConflict(expectedVersion, asset);

  return await writeAtVersion(context, {
    operation: 'updateAsset',
    assetId,
    expectedVersion,
    changes: assetChangesOf(changes, asset),
  });
}

/** A term that is switched on its own: the status, and whether triggers are paused. */
export interface AssetSwitch {
  readonly status?: AssetStatus;
  /** `null` resumes them. */
  readonly triggersPaused?: true | null;
}

/**
 * Switches terms of an asset.
 *
 * The condition is the version and not the term: a status comes back, so a late attempt could undo another caller's later change.
 */
export async function switchAsset(
  context: AssetContext,
  { operation, assetId, to }: { readonly operation: string; readonly assetId: string; readonly to: AssetSwitch },
): Promise<Asset> {
  return await changeAsItStands(context.database, async () => {
    const asset = await getAsset(context, assetId);
    const { status = asset.status, triggersPaused = asset.triggersPaused ?? null } = to;
    if (asset.status === status && (asset.triggersPaused ?? null) === triggersPaused) return asset;

    return await writeAtVersion(context, { operation, assetId, expectedVersion: asset.termsVersion, changes: to });
  });
}

interface VersionedWrite {
  readonly operation: string;
  readonly assetId: string;
  readonly expectedVersion: number;
  readonly changes: AssetChanges & AssetSwitch;
}

async function writeAtVersion(context: AssetContext, versioned: VersionedWrite): Promise<Asset> {
  const { database } = context;
  const { operation, assetId, expectedVersion, changes } = versioned;
  const termsWriteId = database.ids.ulid();
  const { Update } = inventoryEntities(database)
    .asset.build(UpdateTransaction)
    .item({
      ...assetKey(assetId),
      ...withRemovals(changes),
      updatedAt: database.clock.now().toISOString(),
      termsVersion: $add(1),
      termsWriteId,
    })
    .options({ condition: { attr: 'termsVersion', eq: expectedVersion } })
    .params();

  const { item } = await executeWrite(database, {
    operation,
    reference: { assetId },
    retry: { ...persistently, until: database.clock.now().getTime() + persistForMs },
    guard: {
      write: { Update },
      ...termsStamp(termsWriteId),
      onConditionFailed: (oldItem, earlierAttemptUnknown) => versionRefusal(versioned, oldItem, earlierAttemptUnknown),
    },
  });
  return item ? fromAssetItem(item) : await getAsset(context, assetId);
}

/** The toolbox names an attribute to remove by a symbol. */
function withRemovals({
  description,
  maxTickMoveBps,
  execution,
  maxFills,
  triggerShards,
  triggerReadShards,
  triggersPaused,
  ...others
}: AssetChanges & AssetSwitch) {
  return {
    ...others,
    description: description === null ? $remove() : description,
    maxTickMoveBps: maxTickMoveBps === null ? $remove() : maxTickMoveBps,
    execution: execution === null ? $remove() : execution,
    maxFills: maxFills === null ? $remove() : maxFills,
    triggerShards: triggerShards === null ? $remove() : triggerShards,
    triggerReadShards: triggerReadShards === null ? $remove() : triggerReadShards,
    triggersPaused: triggersPaused === null ? $remove() : triggersPaused,
  };
}

const versionConflict = (expectedVersion: number, { termsVersion: currentVersion }: Asset): DomainError =>
  new sharedErrors.VersionConflictError({ resource: 'asset', expectedVersion, currentVersion });

/** With an earlier attempt of unknown outcome, a version more than one ahead may hide that it took effect. */
function versionRefusal(
  { operation, assetId, expectedVersion }: VersionedWrite,
  oldItem: RawItem | undefined,
  earlierAttemptUnknown: boolean,
): DomainError {
  if (!oldItem) return new inventoryErrors.AssetNotFoundError({ assetId });

  const asset = fromAssetItem(oldItem);
  return earlierAttemptUnknown && asset.termsVersion > expectedVersion + 1
    ? new sharedErrors.OutcomeUnknownError({ operation, assetId })
    : versionConflict(expectedVersion, asset);
}
