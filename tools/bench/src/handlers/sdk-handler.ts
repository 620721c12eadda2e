import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));

/** What a function needs at least to send the write of an order. */
export const handler = (write: TransactWriteCommandInput) => client.send(new TransactWriteCommand(write));
