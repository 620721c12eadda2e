import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import * as fc from 'fast-check';
import type { RequestBody, StoreRequest } from '../../src/store/answer.ts';
import { createStore, type Store, type StoreOptions } from '../../src/store/store.ts';
import { answerTo, askStore } from '../support/comparable-answer.ts';
import { holdRequests, holdSteps } from '../support/hold-requests.ts';
import { items, knownAnswers, shape } from '../support/known-answers.ts';

const TableName = shape.name;
const ada = { pk: { S: 'USER#ada' }, sk: { S: 'BALANCE#USD' } };
const bob = { pk: { S: 'USER#bob' }, sk: { S: 'BALANCE#USD' } };
const typed = (name: string) => ({ __type: expect.stringContaining(name) as unknown });

function openStore(put: readonly object[] = [], options: StoreOptions = {}): Store {
  const store = createStore([shape], options);
  for (const Item of put) store.execute({ operation: 'PutItem', body: { TableName, Item } });

  return store;
}

function add(Key: object, amount: number, ClientRequestToken: string): StoreRequest {
  const by = { ExpressionAttributeValues: { ':a': { N: String(amount) } } };
  const Update = { TableName, Key, UpdateExpression: 'ADD available :a', ...by };

  return { operation: 'TransactWriteItems', body: { ClientRequestToken, TransactItems: [{ Update }] } };
}

function started(store: Store, request: StoreRequest) {
  const begun = store.begin(request);
  if (!('carryOut' in begun)) throw new Error(JSON.stringify(begun));
  return begun;
}

describe(createStore, () => {
  it.each(knownAnswers)('knows the answer to %s', async (_, request, answer) => {
    expect(await answerTo(askStore(openStore(items)), request)).toEqual(answer);
  });

  it.each<[string, RequestBody]>([
    ['ExecuteStatement', {}],
    ['PutItem', { TableName, Item: ada, Expected: {} }],
    ['PutItem', { TableName, Item: ada, ReturnValues: 'ALL_OLD' }],
    ['PutItem', { TableName, Item: { ...ada, set: { SS: ['a'] } } }],
    ['PutItem', { TableName, Item: { ...ada, half: { N: '0.5' } } }],
    ['PutItem', { TableName, Item: ada, ConditionExpression: 'size(pk) = pk' }],
    ['PutItem', { TableName, Item: ada, ConditionExpression: 'attribute_exists(a.b)' }],
    ['Query', { TableName, Select: 'COUNT' }],
    ['Scan', { TableName, IndexName: 'byOwner' }],
    ['UpdateItem', { TableName, Key: ada, UpdateExpression: 'DELETE a b' }],
    ['TransactWriteItems', { TransactItems: [{ Put: { TableName, Item: ada, Hint: 1 } }] }],
  ])('ends the run with a request that it does not model: %s %j', (operation, body) => {
    const named = expect.objectContaining({ name: 'NotModelledError' }) as Error;

    expect(() => openStore().execute({ operation, body })).toThrow(named);
  });

  it('knows what the ledger sends to hold, capture and release: what is covered, and what is not', async () => {
    const [steps = []] = fc.sample(holdSteps, { seed: 1, numRuns: 1 });
    const requests = await holdRequests(steps);
    const store = createStore([ledgerTableShape]);
    const answers = requests.map((request) => store.execute(request).status);

    expect(requests).toHaveLength(steps.length);
    expect(new Set(answers)).toEqual(new Set([200, 400]));
  });

  it('does not know the tables that it was not given', () => {
    const request = { operation: 'GetItem', body: { TableName: 'none', Key: ada } };

    expect(openStore().execute(request)).toMatchObject({ status: 400, body: typed('ResourceNotFoundException') });
  });
});

describe('a transaction under way', () => {
  it('keeps others from its items, and from no other', () => {
    const store = openStore();
    const first = started(store, add(ada, -1, 'first'));
    const read = { TransactItems: [bob, ada].map((Key) => ({ Get: { TableName, Key } })) };

    expect(store.execute(add(ada, -1, 'second')).body).toMatchObject({
      ...typed('TransactionCanceledException'),
      CancellationReasons: [{ Code: 'TransactionConflict' }],
    });
    expect(store.execute({ operation: 'PutItem', body: { TableName, Item: ada } }).body).toMatchObject(
      typed('TransactionConflictException'),
    );
    expect(store.execute({ operation: 'TransactGetItems', body: read }).body).toMatchObject({
      ...typed('TransactionCanceledException'),
      CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
    });
    expect(store.execute(add(bob, -1, 'third')).status).toBe(200);

    expect(first.carryOut().status).toBe(200);
    expect(store.execute(add(ada, -1, 'second')).status).toBe(200);
    expect(store.itemsOf(TableName)).toContainEqual({ ...ada, available: { N: '-2' } });
  });

  it('is known by its token: in progress, done, and forgotten after ten minutes', () => {
    let now = 0;
    const store = openStore([], { now: () => now });
    const first = started(store, add(ada, -1, 'token'));

    expect(store.execute(add(ada, -1, 'token')).body).toMatchObject(typed('TransactionInProgressException'));
    first.carryOut();
    expect(store.execute(add(ada, -1, 'token')).status).toBe(200);
    expect(store.execute(add(ada, -2, 'token')).body).toMatchObject(typed('IdempotentParameterMismatchException'));
    expect(store.itemsOf(TableName)).toEqual([{ ...ada, available: { N: '-1' } }]);

    now = 10 * 60_000 + 1;
    expect(store.execute(add(ada, -1, 'token')).status).toBe(200);
    expect(store.itemsOf(TableName)).toEqual([{ ...ada, available: { N: '-2' } }]);
  });
});

it('does not guess what a second page would hold', () => {
  const [first, second] = ['1', '2'].map((sk) => ({ ...ada, sk: { S: sk } }));
  const scan = (items: object[], Limit?: number) => () =>
    openStore(items).execute({ operation: 'Scan', body: { TableName, Limit } });
  const many = Array.from({ length: 2_000 }, (_, at) => ({ ...ada, sk: { S: String(at) } }));

  expect(scan([first!], 2)().status).toBe(200);
  expect(scan([first!, second!], 2)).toThrow('is not modelled');
  expect(scan(many)).toThrow('is not modelled');
});

describe('an index', () => {
  it('shows each item some time after the table does, and its changes in their order', () => {
    let now = 0;
    const lags = [100, 10, 0];
    const ranked = (key: object, rank: number) => ({ ...key, owner: { S: 'ada' }, rank: { N: String(rank) } });
    const store = openStore([ranked(ada, 1), ranked(ada, 2), ranked(bob, 3)], {
      now: () => now,
      indexLagMs: () => lags.shift() ?? 0,
    });
    const ranks = () => {
      const { body } = store.execute({
        operation: 'Query',
        body: {
          TableName,
          IndexName: 'byOwner',
          KeyConditionExpression: '#o = :o',
          ExpressionAttributeNames: { '#o': 'owner' },
          ExpressionAttributeValues: { ':o': { S: 'ada' } },
        },
      });
      return (body['Items'] as { readonly rank: unknown }[]).map(({ rank }) => rank);
    };

    expect(ranks()).toEqual([{ N: '3' }]);
    now = 99;
    expect(ranks()).toEqual([{ N: '3' }]);
    now = 100;
    expect(ranks()).toEqual([{ N: '2' }, { N: '3' }]);
  });
});
