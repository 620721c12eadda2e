import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Database } from '@cnop/database-core';
import { createHealthRegistry, type HealthRegistry } from '@cnop/health';
import { dynamoDbCheck } from '@cnop/health/dynamodb';

/** The health of the three tables that an order touches; the service is ready while each of them is. */
export function checkTables(database: Database): HealthRegistry {
  const health = createHealthRegistry();
  const client = database.reader as unknown as DynamoDBClient;

  for (const name of ['users', 'orders', 'inventory']) {
    health.register(dynamoDbCheck({ client, tableName: database.tableName(name) }));
  }
  return health;
}
