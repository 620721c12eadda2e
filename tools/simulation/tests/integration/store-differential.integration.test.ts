import { randomUUID } from 'node:crypto';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import { createDatabase, deleteTables, ensureTables, type Database } from '@cnop/database-core';
import { isolatedTables, testConnection } from '@cnop/testing';
import type { TableShape } from '@cnop/utils';
import * as fc from 'fast-check';
import { faultNames } from '../../src/backend/faults.ts';
import { tableShapes } from '../../src/backend/services.ts';
import { createVirtualBackend } from '../../src/backend/virtual-backend.ts';
import { createStore } from '../../src/store/store.ts';
import type { StoreRequest } from '../../src/store/answer.ts';
import { runPlan } from '../../src/virtual-run.ts';
import { plansOf } from '../../src/workload/plan.ts';
import { answerTo, askStore, type Send } from '../support/comparable-answer.ts';
import { holdRequests, holdSteps } from '../support/hold-requests.ts';
import { items, knownAnswers, shape } from '../support/known-answers.ts';

const connection = testConnection();
const client = new dynamodb.DynamoDBClient(connection);
/** dynoxide checks the types of operands when it meets them, not before. */
const acceptsInvalidRequests = process.env['CNOP_DYNAMODB_BACKEND'] === 'embedded';
const databases: { readonly database: Database; readonly shapes: readonly TableShape[] }[] = [];

afterAll(async () => {
  for (const { database, shapes } of databases) {
    await deleteTables(database, shapes);
    database.close();
  }
  client.destroy();
});

/** Opens a real DynamoDB with new tables; tokens become those of the run, as a backend remembers them. */
async function openDynamoDb(shapes: readonly TableShape[]): Promise<Send> {
  const tables = Object.entries(isolatedTables(shapes.map(({ name }) => name)));
  const database = createDatabase({ ...connection, tables: Object.fromEntries(tables) });
  const run = randomUUID().slice(0, 8);
  databases.push({ database, shapes });
  await ensureTables(database, shapes);
  const renamed = (text: string, from: 0 | 1) =>
    tables.reduce((all, names) => all.replaceAll(`"${names[from]}"`, `"${names[1 - from]}"`), text);

  return async ({ operation, body }) => {
    const sent = renamed(JSON.stringify(body), 0).replace(/("ClientRequestToken":")\w{8}/, `$1${run}`);
    const { [`${operation}Command` as 'GetItemCommand']: Command } = dynamodb;
    const output = JSON.stringify(await client.send(new Command(JSON.parse(sent) as never)));

    return JSON.parse(renamed(output, 1)) as Record<string, unknown>;
  };
}

/** Everything that is sent in a run in which a lot goes wrong. */
async function requestsOf(seed: number): Promise<StoreRequest[]> {
  const requests: StoreRequest[] = [];
  const [plan] = fc.sample(plansOf(seed), { seed, numRuns: 1, unbiased: true });
  const backend = createVirtualBackend(seed, (request) => requests.push(request));
  await runPlan({ ...plan!, faults: { rate: 0.3, names: faultNames } }, {}, backend);

  return requests;
}

describe('the store against a real DynamoDB', () => {
  it('answers what the libraries send the same, whatever is left out of it', async () => {
    const requests = [...(await requestsOf(1)), ...(await requestsOf(2))];

    await fc.assert(
      fc.asyncProperty(fc.subarray(requests, { minLength: requests.length >> 1 }), async (chosen) => {
        const askDynamoDb = await openDynamoDb(tableShapes);
        const askOurs = askStore(createStore(tableShapes));

        for (const request of chosen) {
          const answer = await answerTo(askOurs, request);
          expect({ request, answer }).toEqual({ request, answer: await answerTo(askDynamoDb, request) });
        }
      }),
      { numRuns: 6 },
    );
    expect(new Set(requests.map(({ operation }) => operation)).size).toBeGreaterThan(6);
  }, 300_000);

  it('carries out and refuses holds, captures and releases the same', async () => {
    await fc.assert(
      fc.asyncProperty(holdSteps, async (steps) => {
        const askDynamoDb = await openDynamoDb(tableShapes);
        const askOurs = askStore(createStore(tableShapes));
        const requests = await holdRequests(steps);

        expect(requests).toHaveLength(steps.length);
        for (const request of requests) {
          const answer = await answerTo(askOurs, request);
          expect({ request, answer }).toEqual({ request, answer: await answerTo(askDynamoDb, request) });
        }
      }),
      { numRuns: 6 },
    );
  }, 300_000);

  it('gives the answers that are known', async () => {
    const askDynamoDb = await openDynamoDb([shape]);

    for (const [name, request, answer] of knownAnswers) {
      if (answer === 'invalid' && acceptsInvalidRequests) continue;
      for (const Item of items) await askDynamoDb({ operation: 'PutItem', body: { TableName: shape.name, Item } });

      expect({ name, answer: await answerTo(askDynamoDb, request) }).toEqual({ name, answer });
    }
  });
});
