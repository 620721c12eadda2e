import type { TableShape } from '@cnop/utils';

/**
 * The orders table as plain data: its key and its indexes, each over single attributes.
 *
 * Indexes are eventually consistent. `byOwner`, `byOwnerAsset` and `byOwnerStatus` list one user's orders by time; the latter two sort by a
 * composed attribute, so that `begins_with` picks one asset or one status.
 *
 * The others hold open standing orders alone: `byRise` and `byFall` in the order in which a rising or falling price makes them due,
 * `byTrail` trailing stops, `byExpiry` all of them by their expiry. An entry goes with the order's end. `byRise` and `byFall` project whole
 * items, so that what is due can be executed without a read.
 *
 * What expires by time to live are parts of checkpoints that others have replaced; no order ever does.
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
    {
      name: 'byRise',
      partitionKey: { name: 'riseShard', type: 'S' },
      sortKey: { name: 'riseSort', type: 'S' },
      projection: 'ALL',
    },
    {
      name: 'byFall',
      partitionKey: { name: 'fallShard', type: 'S' },
      sortKey: { name: 'fallSort', type: 'S' },
      projection: 'ALL',
    },
    {
      name: 'byTrail',
      partitionKey: { name: 'trailShard', type: 'S' },
      sortKey: { name: 'trailSort', type: 'S' },
      projection: 'KEYS_ONLY',
    },
    {
      name: 'byExpiry',
      partitionKey: { name: 'expiryShard', type: 'S' },
      sortKey: { name: 'expirySort', type: 'S' },
      projection: 'KEYS_ONLY',
    },
  ],
  stream: 'NEW_AND_OLD_IMAGES',
  timeToLive: 'ttl',
} as const satisfies TableShape;
