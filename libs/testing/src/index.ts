export type { DynamoDbBackendName, StartableBackendName } from './dynamodb-backend.ts';
export { isolatedTables } from './isolated-tables.ts';
export type { RunningDynamoDb } from './running-dynamo-db.ts';
export { startDynamoDb, type StartDynamoDbOptions } from './start-dynamo-db.ts';
