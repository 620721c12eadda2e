import { createDatabase } from '@cnop/database-core';
import { createCheckpointStore, createLeaseStore, createStreamReader, createStreamsClient } from '@cnop/stream-records';

const database = createDatabase({ region: 'eu-central-1', tables: { inventory: 'inventory', orders: 'orders' } });
const tableName = database.tableName('orders');

const reader = createStreamReader({
  client: createStreamsClient(database),
  tableName: database.tableName('inventory'),
  leaseStore: createLeaseStore({ database, tableName, partition: 'LEASE#inventory' }),
  consumers: [
    {
      name: 'prices',
      startAt: 'LATEST',
      checkpoints: createCheckpointStore({ database, tableName, partition: 'CHECKPOINT#inventory#prices' }),
      onRecords: async (records) => {
        for (const { kind, keys, newItem } of records) console.log(kind, keys, newItem?.['priceMinor']);
      },
    },
  ],
  onProblem: ({ kind, error }) => console.error(kind, error),
});
process.once('SIGTERM', () => void reader.stop());
await reader.run();
