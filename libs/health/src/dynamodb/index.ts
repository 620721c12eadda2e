export {
  dynamoDbCheck,
  dynamoDbChecks,
  type DynamoDbCheckOptions,
  type DynamoDbChecksOptions,
} from './dynamo-db-check.ts';
