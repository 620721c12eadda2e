import { readItems, type Database, type ListQuery, type RawItem } from '@cnop/database-core';
import { assetCategorySchema, assetStatusSchema, type Asset } from '@cnop/entities-inventory';
import { assetKey, fromAssetItem } from '@cnop/entities-inventory/table';
import { sharedErrors } from '@cnop/exceptions';
import { assetIdSchema, pageSchema } from '@cnop/validation';
import type * as z from 'zod';
import type { AssetContext } from './inventory-table.ts';

/** Accepts a query for assets by status, by category or by both. */
export const assetListSchema = pageSchema
  .extend({ status: assetStatusSchema.optional(), category: assetCategorySchema.optional() })
  .refine(({ status, category }) => status !== undefined || category !== undefined, {
    error: 'Name a status or a category: there is no list of all assets.',
  });

/** A query for assets by status, by category or by both, by id. */
export type AssetList = z.input<typeof assetListSchema>;

/**
 * The request and cursors of a list of assets, by id. With both, the category selects and the status filters.
 *
 * The indexes hold keys alone, so the assets are read by those; one that has left the list since is left out.
 */
export function assetListQuery(
  { database, table: { tableName } }: AssetContext,
  { status, category }: z.output<typeof assetListSchema>,
): ListQuery<Asset> {
  const [indexName, attribute, value] =
    category === undefined ? ['byStatus', 'status', status] : ['byCategory', 'category', category];

  return {
    request: {
      TableName: tableName,
      IndexName: indexName,
      KeyConditionExpression: '#attribute = :value',
      ExpressionAttributeNames: { '#attribute': attribute },
      ExpressionAttributeValues: { ':value': value },
    },
    binding: ['assets', status ?? '', category ?? ''],
    position: ({ assetId }) => [String(assetId)],
    startKey: (position) => {
      const assetId = readPosition(position);
      return { ...assetKey(assetId), [attribute]: value, assetId };
    },
    load: (entries) => readInOrder(database, tableName, entries),
    fromItem: fromAssetItem,
    keep: (asset) => asset.status === (status ?? asset.status) && asset.category === (category ?? asset.category),
  };
}

/** The items under the keys of these, as far as they are there. */
async function readInOrder(database: Database, tableName: string, entries: readonly RawItem[]): Promise<RawItem[]> {
  const keys = entries.map(({ assetId }) => assetKey(String(assetId)));
  const items = new Map((await readItems(database, { tableName, keys })).map((item) => [item['assetId'], item]));

  return entries.map(({ assetId }) => items.get(assetId)).filter((item) => item !== undefined);
}

/** Exactly what a list of assets gives out: one asset id. */
function readPosition([assetId, ...more]: readonly string[]): string {
  const { data } = assetIdSchema.safeParse(assetId);
  if (data === undefined || more.length > 0) throw new sharedErrors.InvalidCursorError({ reason: 'malformed' });

  return data;
}
