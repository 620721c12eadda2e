import { randomUUID } from 'node:crypto';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import { createDatabase, deleteTables, ensureTables } from '@cnop/database-core';
import * as fc from 'fast-check';
import { createStore } from '../../src/store/store.ts';
import { answerTo, askStore, type Send } from '../support/comparable-answer.ts';
import { items, knownAnswers } from '../support/known-answers.ts';
import { allKeys, randomPut, randomRequest, shape } from '../support/random-requests.ts';

const connection = {
  endpoint: process.env['DYNAMODB_ENDPOINT']!,
  region: process.env['AWS_REGION']!,
  credentials: {
    accessKeyId: process.env['AWS_ACCESS_KEY_ID']!,
    secretAccessKey: process.env['AWS_SECRET_ACCESS_KEY']!,
  },
};
const client = new dynamodb.DynamoDBClient(connection);
/** dynoxide checks the types of operands when it meets them, not before. */
const acceptsInvalidRequests = process.env['CNOP_DYNAMODB_BACKEND'] === 'embedded';

const tableName = `simulation-${randomUUID()}`;
const database = createDatabase({ ...connection, tables: { [shape.name]: tableName } });
let runs = 0;

beforeAll(() => ensureTables(database, [shape]));
afterAll(async () => {
  await deleteTables(database, [shape]);
  database.close();
  client.destroy();
});

/** Under the name of its own table, and tokens of the run: a backend remembers them. */
const askDynamoDb: Send = async ({ operation, body }) => {
  const renamed = JSON.stringify(body)
    .replaceAll(`"${shape.name}"`, `"${tableName}"`)
    .replaceAll('"token-', `"${tableName.slice(-8)}-${runs}-`);
  const { [`${operation}Command` as 'GetItemCommand']: Command } = dynamodb;
  const output = JSON.stringify(await client.send(new Command(JSON.parse(renamed) as never)));

  return JSON.parse(output.replaceAll(`"${tableName}"`, `"${shape.name}"`)) as Record<string, unknown>;
};

/** An empty table on both sides. */
async function startRun(): Promise<Send> {
  const Delete = allKeys.map((Key) => ({ DeleteRequest: { Key } }));
  await askDynamoDb({ operation: 'BatchWriteItem', body: { RequestItems: { [shape.name]: Delete } } });
  runs += 1;

  return askStore(createStore([shape]));
}

const sequences = fc
  .tuple(fc.array(randomPut, { maxLength: 5 }), fc.array(randomRequest, { minLength: 1, maxLength: 25, size: 'max' }))
  .map((parts) => parts.flat());

describe('the store against a real DynamoDB', () => {
  it('answers any sequence of requests the same', async () => {
    await fc.assert(
      fc.asyncProperty(sequences, async (requests) => {
        const askOurs = await startRun();

        for (const request of requests) {
          const answer = await answerTo(askOurs, request);
          if (answer === 'invalid' && acceptsInvalidRequests) continue;

          expect({ request, answer }).toEqual({ request, answer: await answerTo(askDynamoDb, request) });
        }
      }),
      { numRuns: 100, interruptAfterTimeLimit: 20_000 },
    );
  });

  it('gives the answers that are known', async () => {
    await startRun();
    for (const [name, request, answer] of knownAnswers) {
      if (answer === 'invalid' && acceptsInvalidRequests) continue;
      for (const Item of items) await askDynamoDb({ operation: 'PutItem', body: { TableName: shape.name, Item } });

      expect({ name, answer: await answerTo(askDynamoDb, request) }).toEqual({ name, answer });
    }
  });
});
