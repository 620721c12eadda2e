import { startDynamoDb } from '../../src/start-dynamo-db.ts';

// Holds a DynamoDB until it is killed; prints where it is.
const dynamoDb = await startDynamoDb();

process.stdout.write(dynamoDb.endpoint);
if (process.argv[2] === 'exit') process.exit(0);
if (process.argv[2] !== 'finish') setInterval(() => undefined, 1_000);
