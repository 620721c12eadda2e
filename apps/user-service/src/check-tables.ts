import type { Database } from '@cnop/database-core';
import { createHealthRegistry, type HealthRegistry } from '@cnop/health';
import { dynamoDbChecks } from '@cnop/health/dynamodb';

/** The health of the tables of users, of their money and of assets; the service is ready while all are. */
export function checkTables(database: Database): HealthRegistry {
  const health = createHealthRegistry();
  const tableNames = ['users', 'ledger', 'inventory'].map((name) => database.tableName(name));

  for (const check of dynamoDbChecks({ client: database.reader, tableNames })) health.register(check);
  return health;
}
