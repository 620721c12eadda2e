import type { TableShape } from '@cnop/utils';

/**
 * The inventory table as plain data: its key and its indexes, each over single attributes.
 *
 * `byStatus` and `byCategory` list the keys of assets by id, and are eventually consistent. They hold no price, so that a price writes no
 * index; a page of a list reads its assets by those keys. Ticks are in no index, and expire.
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
      projection: 'KEYS_ONLY',
    },
    {
      name: 'byCategory',
      partitionKey: { name: 'category', type: 'S' },
      sortKey: { name: 'assetId', type: 'S' },
      projection: 'KEYS_ONLY',
    },
  ],
  stream: 'NEW_AND_OLD_IMAGES',
  timeToLive: 'ttl',
} as const satisfies TableShape;
