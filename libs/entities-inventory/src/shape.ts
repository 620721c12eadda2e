import type { TableShape } from '@cnop/utils';

/**
 * The inventory table as plain data: its key and its indexes, each over single attributes.
 *
 * Indexes project whole items and are eventually consistent; `byStatus` and `byCategory` list assets by id.
 */
export const inventoryTableShape = {
  name: 'inventory',
  partitionKey: { name: 'pk', type: 'S' },
  sortKey: { name: 'sk', type: 'S' },
  indexes: [
    {
      name: 'byStatus',
      partitionKey: { name: 'status', type: 'S' },
      sortKey: { name: 'assetId', type: 'S' },
      projection: 'ALL',
    },
    {
      name: 'byCategory',
      partitionKey: { name: 'category', type: 'S' },
      sortKey: { name: 'assetId', type: 'S' },
      projection: 'ALL',
    },
  ],
  stream: 'NEW_AND_OLD_IMAGES',
} as const satisfies TableShape;
