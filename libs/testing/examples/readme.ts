import { CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { isolatedTables, startDynamoDb } from '@cnop/testing';

const dynamoDb = await startDynamoDb({ log: console.log });
const { users } = isolatedTables(['users']);
const client = new DynamoDBClient(dynamoDb);

await client.send(
  new CreateTableCommand({
    TableName: users,
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
  }),
);
await client.send(new PutItemCommand({ TableName: users, Item: { pk: { S: 'USER#ada' } } }));

client.destroy();
await dynamoDb.stop();
