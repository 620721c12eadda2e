import type { TableShape } from '@cnop/utils';

/** The ledger table: balances, journal entries and idempotency claims of each owner. Generic keys, no index. */
export const ledgerTableShape = {
  name: 'ledger',
  partitionKey: { name: 'pk', type: 'S' },
  sortKey: { name: 'sk', type: 'S' },
  indexes: [],
  stream: 'NEW_AND_OLD_IMAGES',
} as const satisfies TableShape;
