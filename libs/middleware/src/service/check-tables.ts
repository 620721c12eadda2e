import type { Database } from '@cnop/database-core';
import { createHealthRegistry, type HealthRegistry } from '@cnop/health';
import { dynamoDbChecks } from '@cnop/health/dynamodb';
import type { TableShape } from '@cnop/utils';

/** The health of these tables; a service is ready while all of them are. */
export function checkTables(database: Database, shapes: readonly TableShape[]): HealthRegistry {
  const health = createHealthRegistry();
  const tableNames = shapes.map(({ name }) => database.tableName(name));

  for (const check of dynamoDbChecks({ client: database.reader, tableNames })) health.register(check);
  return health;
}
