import type { TableShape } from '@cnop/utils';

/** The users table: profiles, email claims, balances, journal entries and idempotency claims. Generic keys; none of these items is in an index. */
export const usersTableShape: TableShape = {
  name: 'users',
  partitionKey: { name: 'pk', type: 'S' },
  sortKey: { name: 'sk', type: 'S' },
  indexes: [],
};
