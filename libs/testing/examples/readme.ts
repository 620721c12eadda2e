import { CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { createFaultInjector, formatCalls, isolatedTables, loseResponse, nthCall, startDynamoDb } from '@cnop/testing';

const dynamoDb = await startDynamoDb({ log: console.log });
const faults = createFaultInjector({ plan: nthCall(1, loseResponse(), { target: 'PutItem' }) });
const client = new DynamoDBClient({ ...dynamoDb, requestHandler: faults });
const { users } = isolatedTables(['users']);

await client.send(
  new CreateTableCommand({
    TableName: users,
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
  }),
);
await client.send(new PutItemCommand({ TableName: users, Item: { pk: { S: 'USER#ada' } } }));
console.log(formatCalls(faults.calls)); // The SDK has put the item twice, as the first response was lost.

client.destroy();
await dynamoDb.stop();
