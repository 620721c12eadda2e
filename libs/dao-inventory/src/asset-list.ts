import type { ListQuery } from '@cnop/database-core';
import { assetCategorySchema, assetStatusSchema, type Asset } from '@cnop/entities-inventory';
import { assetKey, fromAssetItem } from '@cnop/entities-inventory/table';
import { InvalidCursorError } from '@cnop/exceptions';
import { assetIdSchema, pageSchema } from '@cnop/validation';
import type { z } from 'zod';

/** Accepts a query for assets by status, by category or by both. */
export const assetListSchema = pageSchema
  .extend({ status: assetStatusSchema.optional(), category: assetCategorySchema.optional() })
  .refine(({ status, category }) => status !== undefined || category !== undefined, {
    error: 'Name a status or a category: there is no list of all assets.',
  });

/** A query for assets by status, by category or by both, by id. */
export type AssetList = z.input<typeof assetListSchema>;

/** The request and cursors of a list of assets, by id. With both, the category selects and the status filters. */
export function assetListQuery(
  tableName: string,
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
    fromItem: fromAssetItem,
    ...(category !== undefined && status !== undefined && { keep: (asset: Asset) => asset.status === status }),
  };
}

/** Exactly what a list of assets gives out: one asset id. */
function readPosition([assetId, ...more]: readonly string[]): string {
  const { data } = assetIdSchema.safeParse(assetId);
  if (data === undefined || more.length > 0) throw new InvalidCursorError({ reason: 'malformed' });

  return data;
}
