import type { TableShape } from '@cnop/utils';

/** A table whose changes are read. */
export const thingsShape: TableShape = {
  name: 'things',
  partitionKey: { name: 'pk', type: 'S' },
  sortKey: { name: 'sk', type: 'S' },
  indexes: [],
  stream: 'NEW_AND_OLD_IMAGES',
};

/** A table of the app's own, without a stream, for leases and checkpoints. */
export const workShape: TableShape = {
  name: 'work',
  partitionKey: { name: 'pk', type: 'S' },
  sortKey: { name: 'sk', type: 'S' },
  indexes: [],
};
