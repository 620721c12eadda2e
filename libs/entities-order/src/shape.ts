import type { TableShape } from '@cnop/utils';

/**
 * The orders table as plain data: its key and its indexes, each over single attributes.
 *
 * Indexes project whole items and are eventually consistent. `byOwner`, `byOwnerAsset` and `byOwnerStatus` list one user's orders by time;
 * the latter two sort by a composed attribute, so that `begins_with` picks one asset or one status.
 */
export const ordersTableShape = {
  name: 'orders',
  partitionKey: { name: 'pk', type: 'S' },
  sortKey: { name: 'sk', type: 'S' },
  indexes: [
    {
      name: 'byOwner',
      partitionKey: { name: 'owner', type: 'S' },
      sortKey: { name: 'createdAt', type: 'S' },
      projection: 'ALL',
    },
    {
      name: 'byOwnerAsset',
      partitionKey: { name: 'owner', type: 'S' },
      sortKey: { name: 'assetCreatedAt', type: 'S' },
      projection: 'ALL',
    },
    {
      name: 'byOwnerStatus',
      partitionKey: { name: 'owner', type: 'S' },
      sortKey: { name: 'statusCreatedAt', type: 'S' },
      projection: 'ALL',
    },
  ],
  stream: 'NEW_AND_OLD_IMAGES',
} as const satisfies TableShape;
