import type { Database } from '@cnop/database-core';
import { createHealthRegistry, type HealthRegistry } from '@cnop/health';
import { dynamoDbChecks } from '@cnop/health/dynamodb';

/** The health of the four tables that an order or its user is in; the service is ready while each of them is. */
export function checkTables(database: Database): HealthRegistry {
  const health = createHealthRegistry();
  const tableNames = ['users', 'ledger', 'orders', 'inventory'].map((name) => database.tableName(name));

  for (const check of dynamoDbChecks({ client: database.reader, tableNames })) health.register(check);
  return health;
}
