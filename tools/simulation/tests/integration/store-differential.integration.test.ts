import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { randomRequest } from '../support/random-requests.ts';
import { answerTo, createRandomTable, deleteRandomTable } from '../support/send-request.ts';
import { openStore } from '../support/store-client.ts';

const real = new DynamoDBClient({
  endpoint: process.env['DYNAMODB_ENDPOINT']!,
  region: process.env['AWS_REGION']!,
  credentials: {
    accessKeyId: process.env['AWS_ACCESS_KEY_ID']!,
    secretAccessKey: process.env['AWS_SECRET_ACCESS_KEY']!,
  },
});

/** dynoxide checks the types of operands when it meets them, not before. */
const acceptsInvalidRequests = process.env['CNOP_DYNAMODB_BACKEND'] === 'embedded';

afterAll(() => real.destroy());

describe('the store against a real DynamoDB', () => {
  it('answers any sequence of requests the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(randomRequest, { minLength: 1, maxLength: 25, size: 'max' }), async (requests) => {
        const tableName = `simulation-${randomUUID()}`;
        const { client } = openStore();
        await Promise.all([createRandomTable(real, tableName), createRandomTable(client, tableName)]);

        try {
          for (const request of requests) {
            const ours = await answerTo(client, tableName, request);
            if (ours === 'invalid' && acceptsInvalidRequests) continue;
            const theirs = await answerTo(real, tableName, request);

            expect({ request, answer: ours }).toEqual({ request, answer: theirs });
          }
        } finally {
          await deleteRandomTable(real, tableName);
        }
      }),
      { numRuns: 100, interruptAfterTimeLimit: 20_000 },
    );
  });
});
