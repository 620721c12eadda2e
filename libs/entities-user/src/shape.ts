import type { TableShape } from '@cnop/utils';

/**
 * The users table: profiles, email claims, sessions and attempts to log in. Generic keys; none of these items is in an index.
 */
export const usersTableShape = {
  name: 'users',
  partitionKey: { name: 'pk', type: 'S' },
  sortKey: { name: 'sk', type: 'S' },
  indexes: [],
  stream: 'NEW_AND_OLD_IMAGES',
  timeToLive: 'ttl',
} as const satisfies TableShape;
