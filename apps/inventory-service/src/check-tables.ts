import type { Database } from '@cnop/database-core';
import { createHealthRegistry, type HealthRegistry } from '@cnop/health';
import { dynamoDbChecks } from '@cnop/health/dynamodb';

/** The health of the tables of assets and of users; the service is ready while both are. */
export function checkTables(database: Database): HealthRegistry {
  const health = createHealthRegistry();
  const tableNames = ['inventory', 'users'].map((name) => database.tableName(name));

  for (const check of dynamoDbChecks({ client: database.reader, tableNames })) health.register(check);
  return health;
}
