import { createDatabase, type Database } from '@cnop/database-core';

/** A database that nothing listens to: for what must work without a request. */
export function openOfflineDatabase(): Database {
  return createDatabase({ region: 'us-east-1', endpoint: 'http://127.0.0.1:1', tables: { ledger: 'ledger' } });
}
