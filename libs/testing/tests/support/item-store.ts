import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import type { RunningDynamoDb } from '../../src/backends/backend.ts';

/** Uses a DynamoDB through the AWS SDK. */
export async function withClient<TResult>(
  dynamoDb: RunningDynamoDb,
  use: (client: DynamoDBClient) => Promise<TResult>,
): Promise<TResult> {
  const client = new DynamoDBClient({ ...dynamoDb, maxAttempts: 1 });

  try {
    return await use(client);
  } finally {
    client.destroy();
  }
}

export async function createTable(client: DynamoDBClient, table: string): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: table,
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 30 }, { TableName: table });
}

export async function putName(client: DynamoDBClient, table: string, name: string): Promise<void> {
  await client.send(new PutItemCommand({ TableName: table, Item: { pk: { S: 'key' }, name: { S: name } } }));
}

export async function getName(client: DynamoDBClient, table: string): Promise<string | undefined> {
  const { Item: item } = await client.send(
    new GetItemCommand({ TableName: table, Key: { pk: { S: 'key' } }, ConsistentRead: true }),
  );

  return item?.['name']?.S;
}
