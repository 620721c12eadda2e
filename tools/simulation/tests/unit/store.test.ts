import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { createDatabase, deleteTables, describeTables, ensureTables } from '@cnop/database-core';
import { createRequestHandler } from '../../src/network/http.ts';
import { createStore, type Store, type StoreAnswer, type StoreRequest } from '../../src/store/store.ts';
import { createRandomTable } from '../support/send-request.ts';
import { openStore } from '../support/store-client.ts';
import { errorNamed } from '../support/error-named.ts';

const ada = { pk: { S: 'USER#ada' }, sk: { S: 'BALANCE#USD' } };
const bob = { pk: { S: 'USER#bob' }, sk: { S: 'BALANCE#USD' } };

async function openTable(options?: Parameters<typeof createStore>[0]) {
  const opened = openStore(options);
  await createRandomTable(opened.client, 'users');

  return opened;
}

const debit = (Key: object, amount: number, token: string): StoreRequest => ({
  operation: 'TransactWriteItems',
  body: {
    ClientRequestToken: token,
    TransactItems: [
      {
        Update: {
          TableName: 'users',
          Key,
          UpdateExpression: 'ADD available :a',
          ExpressionAttributeValues: { ':a': { N: String(-amount) } },
        },
      },
    ],
  },
});
const plainWrite = (Key: object): StoreRequest => ({
  operation: 'DeleteItem',
  body: { TableName: 'users', Key },
});

function started(store: Store, request: StoreRequest): { readonly carryOut: () => StoreAnswer } {
  const begun = store.begin(request);
  if (!('carryOut' in begun)) throw new Error(JSON.stringify(begun));
  return begun;
}

describe('a transaction under way', () => {
  it('keeps others from its items, and from no other', async () => {
    const { store } = await openTable();
    const first = started(store, debit(ada, 1, 'first'));

    const conflict = { __type: expect.stringContaining('TransactionCanceledException') as unknown };
    expect(store.execute(debit(ada, 1, 'second')).body).toMatchObject({
      ...conflict,
      CancellationReasons: [{ Code: 'TransactionConflict' }],
    });
    expect(store.execute(plainWrite(ada)).body).toMatchObject({
      __type: expect.stringContaining('TransactionConflictException') as unknown,
    });
    expect(
      store.execute({
        operation: 'TransactGetItems',
        body: { TransactItems: [bob, ada].map((Key) => ({ Get: { TableName: 'users', Key } })) },
      }).body,
    ).toMatchObject({ ...conflict, CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }] });
    expect(store.execute(debit(bob, 1, 'third')).status).toBe(200);

    expect(first.carryOut().status).toBe(200);
    expect(store.execute(debit(ada, 1, 'second')).status).toBe(200);
    expect(store.itemsOf('users')).toContainEqual({ ...ada, available: { N: '-2' } });
  });

  it('is known by its token: in progress, done, and forgotten after ten minutes', async () => {
    let now = 0;
    const { store } = await openTable({ now: () => now });
    const first = started(store, debit(ada, 1, 'token'));

    const named = (name: string) => ({ __type: expect.stringContaining(name) as unknown });
    expect(store.execute(debit(ada, 1, 'token')).body).toMatchObject(named('TransactionInProgressException'));
    first.carryOut();
    expect(store.execute(debit(ada, 1, 'token')).status).toBe(200);
    expect(store.execute(debit(ada, 2, 'token')).body).toMatchObject(named('IdempotentParameterMismatchException'));
    expect(store.itemsOf('users')).toEqual([{ ...ada, available: { N: '-1' } }]);

    now = 10 * 60_000 + 1;
    expect(store.execute(debit(ada, 1, 'token')).status).toBe(200);
    expect(store.itemsOf('users')).toEqual([{ ...ada, available: { N: '-2' } }]);
  });
});

describe('a put that an index cannot take', () => {
  const put = { Put: { TableName: 'users', Item: { ...bob, owner: { N: '1' } } } };
  const transaction = (token: string): StoreRequest => ({
    operation: 'TransactWriteItems',
    body: { ClientRequestToken: token, TransactItems: [put] },
  });

  it('is refused, alone and in a transaction, after the token', async () => {
    const { store } = await openTable();
    const typed = (name: string) => ({ __type: expect.stringContaining(name) as unknown });
    started(store, debit(ada, 1, 'token')).carryOut();

    expect(store.execute({ operation: 'PutItem', body: put.Put }).body).toMatchObject(typed('ValidationException'));
    expect(store.execute(transaction('other')).body).toMatchObject(typed('ValidationException'));
    expect(store.execute(transaction('token')).body).toMatchObject(typed('IdempotentParameterMismatchException'));
  });
});

describe('an index', () => {
  it('shows each item some time after the table does, and its changes in their order', async () => {
    let now = 0;
    const lags = [100, 10, 0];
    const { client } = await openTable({ now: () => now, indexLagMs: () => lags.shift() ?? 0 });
    const put = async (key: object, rank: number) =>
      await client.send(
        new PutItemCommand({ TableName: 'users', Item: { ...key, owner: { S: 'ada' }, rank: { N: String(rank) } } }),
      );
    const ranks = async () => {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: 'users',
          IndexName: 'byOwner',
          KeyConditionExpression: '#o = :o',
          ExpressionAttributeNames: { '#o': 'owner' },
          ExpressionAttributeValues: { ':o': { S: 'ada' } },
        }),
      );
      return Items.map(({ rank }) => rank?.N);
    };
    await put(ada, 1);
    await put(ada, 2);
    await put(bob, 3);

    expect(await ranks()).toEqual(['3']);
    now = 99;
    expect(await ranks()).toEqual(['3']);
    now = 100;
    expect(await ranks()).toEqual(['2', '3']);
  });
});

describe('the tables of the libraries', () => {
  it('are made, described and deleted as in DynamoDB', async () => {
    const store = createStore();
    const database = createDatabase({
      region: 'eu-west-1',
      credentials: { accessKeyId: 'nobody', secretAccessKey: 'nothing' },
      tables: { orders: 'orders' },
      requestHandler: createRequestHandler(async (request) => store.execute(request)),
    });
    const key = { name: 'pk', type: 'S' } as const;
    const shape = {
      name: 'orders',
      partitionKey: key,
      indexes: [{ name: 'byOwner', partitionKey: { name: 'owner', type: 'S' }, projection: 'KEYS_ONLY' }],
      stream: 'NEW_AND_OLD_IMAGES',
      timeToLive: 'ttl',
    } as const;

    await ensureTables(database, [shape]);
    await ensureTables(database, [shape]);

    expect(await describeTables(database, [shape])).toMatchObject([
      { status: 'ACTIVE', indexes: [{ name: 'byOwner' }] },
    ]);
    store.execute({
      operation: 'PutItem',
      body: { TableName: 'orders', Item: { pk: { S: 'a' }, owner: { S: 'ada' }, note: { S: 'hidden' } } },
    });
    const { body } = store.execute({
      operation: 'Query',
      body: {
        TableName: 'orders',
        IndexName: 'byOwner',
        KeyConditionExpression: 'owner = :u',
        ExpressionAttributeValues: { ':u': { S: 'ada' } },
      },
    });
    expect(body).toMatchObject({ Items: [{ pk: { S: 'a' }, owner: { S: 'ada' } }] });
    await deleteTables(database, [shape]);
    expect(await describeTables(database, [shape])).toEqual([undefined]);
  });
});

describe('a request', () => {
  const short = { pk: { S: 'x' } };
  const refused: readonly (readonly [string, object, string])[] = [
    ['GetItem', { TableName: 'none', Key: ada }, 'ResourceNotFoundException'],
    ['DescribeTable', { TableName: 'none' }, 'ResourceNotFoundException'],
    ['DeleteTable', { TableName: 'none' }, 'ResourceNotFoundException'],
    ['DescribeTimeToLive', { TableName: 'none' }, 'ResourceNotFoundException'],
    ['UpdateTimeToLive', { TableName: 'none' }, 'ResourceNotFoundException'],
    ['CreateTable', { TableName: 'users' }, 'ResourceInUseException'],
    ['GetItem', { TableName: 'users', Key: short }, 'ValidationException'],
    ['PutItem', { TableName: 'users', Item: short }, 'ValidationException'],
    ['PutItem', { TableName: 'users', Item: { ...ada, pk: { N: '1' } } }, 'ValidationException'],
    ['PutItem', { TableName: 'users', Item: { ...ada, sk: { S: '' } } }, 'ValidationException'],
    ['PutItem', { TableName: 'users', Item: { ...ada, rank: { S: 'x' } } }, 'ValidationException'],
    ['PutItem', { TableName: 'users', Item: { ...ada, owner: { S: '' } } }, 'ValidationException'],
    ['PutItem', { TableName: 'users', Item: ada, ReturnValues: 'ALL_NEW' }, 'ValidationException'],
    ['UpdateItem', { TableName: 'users', Key: ada, UpdateExpression: 'REMOVE sk' }, 'ValidationException'],
    ['BatchGetItem', { RequestItems: { users: { Keys: [ada, ada] } } }, 'ValidationException'],
    ['TransactGetItems', { TransactItems: [] }, 'ValidationException'],
    [
      'PutItem',
      { TableName: 'users', Item: ada, ConditionExpression: 'attribute_exists(pk)' },
      'ConditionalCheckFailedException',
    ],
  ];

  it.each(refused)('is refused by DynamoDB’s name: %s %j', async (operation, body, name) => {
    const { store } = await openTable();

    expect(store.execute({ operation, body: body as StoreRequest['body'] })).toMatchObject({
      status: 400,
      body: { __type: expect.stringContaining(name) as unknown },
    });
  });

  const invalid: readonly (readonly [string, string, object])[] = [
    ['a transaction of nothing', 'TransactWriteItems', { TransactItems: [] }],
    ['an action of two kinds', 'TransactWriteItems', { TransactItems: [{ Put: {}, Delete: {} }] }],
    [
      'a check of nothing',
      'TransactWriteItems',
      { TransactItems: [{ ConditionCheck: { TableName: 'users', Key: ada } }] },
    ],
    ['an update of nothing', 'TransactWriteItems', { TransactItems: [{ Update: { TableName: 'users', Key: ada } }] }],
    [
      'two actions on one item',
      'TransactWriteItems',
      { TransactItems: [1, 2].map(() => ({ Delete: { TableName: 'users', Key: ada } })) },
    ],
    ['a segment that is none', 'Scan', { TableName: 'users', Segment: 2, TotalSegments: 2 }],
    ['no limit', 'Scan', { TableName: 'users', Limit: 0 }],
    ['overlapping projections', 'GetItem', { TableName: 'users', Key: ada, ProjectionExpression: 'a, a.b' }],
    ['an unknown index', 'Query', { TableName: 'users', IndexName: 'none', KeyConditionExpression: 'pk = pk' }],
    ...[
      ['no partition', 'sk = :a', { ':a': { S: 'a' } }],
      ['a partition of another type', 'pk = :a', { ':a': { N: '1' } }],
      ['an empty sort key', 'pk = :a AND begins_with(sk, :b)', { ':a': { S: 'a' }, ':b': { S: '' } }],
      ['a sort key that is excluded', 'pk = :a AND sk <> :b', { ':a': { S: 'a' }, ':b': { S: 'b' } }],
      ['an alternative', 'pk = :a OR pk = :b', { ':a': { S: 'a' }, ':b': { S: 'b' } }],
      ['a list', 'pk = :a AND sk IN (:b)', { ':a': { S: 'a' }, ':b': { S: 'b' } }],
      ['no key', 'pk = :a AND other = :b', { ':a': { S: 'a' }, ':b': { S: 'b' } }],
      ['a negation', 'pk = :a AND NOT sk = :b', { ':a': { S: 'a' }, ':b': { S: 'b' } }],
      ['three conditions', 'pk = :a AND sk = :b AND sk = :b', { ':a': { S: 'a' }, ':b': { S: 'b' } }],
    ].map(
      ([name, KeyConditionExpression, ExpressionAttributeValues]) =>
        [
          `a query for ${name as string}`,
          'Query',
          { TableName: 'users', KeyConditionExpression, ExpressionAttributeValues },
        ] as const,
    ),
  ];

  it.each(invalid)('is invalid with %s', async (_, operation, body) => {
    const { store } = await openTable();

    expect(store.execute({ operation, body: body as StoreRequest['body'] })).toMatchObject({
      status: 400,
      body: { __type: expect.stringContaining('ValidationException') as unknown },
    });
  });

  const userQuery = {
    TableName: 'users',
    KeyConditionExpression: 'pk = :a AND sk > :b',
    ExpressionAttributeValues: { ':a': { S: 'USER#ada' }, ':b': { S: 'B' } },
  };
  const badStarts: readonly (readonly [string, object])[] = [
    ['in another partition', { ...userQuery, ExclusiveStartKey: bob }],
    ['outside the range', { ...userQuery, ExclusiveStartKey: { ...ada, sk: { S: 'A' } } }],
    ['at no key', { ...userQuery, ExclusiveStartKey: { pk: ada.pk } }],
    ['with a key in the filter', { ...userQuery, FilterExpression: 'sk <> :b' }],
    [
      'consistently on an index',
      {
        TableName: 'users',
        IndexName: 'byOwner',
        ConsistentRead: true,
        KeyConditionExpression: '#o = :a',
        ExpressionAttributeNames: { '#o': 'owner' },
        ExpressionAttributeValues: { ':a': { S: 'a' } },
      },
    ],
  ];

  it.each(badStarts)('cannot query %s', async (_, body) => {
    const { store } = await openTable();

    expect(store.execute({ operation: 'Query', body: body as StoreRequest['body'] }).status).toBe(400);
  });

  const notModelled: readonly (readonly [string, object])[] = [
    ['ExecuteStatement', {}],
    ['PutItem', { TableName: 'users', Item: ada, Expected: {} }],
    ['Query', { TableName: 'users', Select: 'COUNT' }],
    ['Scan', { TableName: 'users', IndexName: 'byOwner' }],
    ['TransactWriteItems', { TransactItems: [{ Put: { TableName: 'users', Item: ada, Hint: 1 } }] }],
    ['CreateTable', { TableName: 't', SSESpecification: {} }],
    ['UpdateTimeToLive', { TableName: 'users', TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: false } }],
    ['CreateTable', { TableName: 't', AttributeDefinitions: [], KeySchema: [] }],
    [
      'CreateTable',
      {
        TableName: 't',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'i',
            KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'INCLUDE' },
          },
        ],
      },
    ],
  ];

  it.each(notModelled)('that the store does not understand ends the run: %s %j', async (operation, body) => {
    const { store } = await openTable();

    expect(() => store.execute({ operation, body: body as StoreRequest['body'] })).toThrow(
      errorNamed('NotModelledError'),
    );
  });

  it.each([
    ['an undefined key', [], [{ AttributeName: 'pk', KeyType: 'HASH' }]],
    [
      'an unused attribute',
      [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'other', AttributeType: 'S' },
      ],
      [{ AttributeName: 'pk', KeyType: 'HASH' }],
    ],
  ])('makes no table with %s', (_, AttributeDefinitions, KeySchema) => {
    const body = { TableName: 't', AttributeDefinitions, KeySchema };

    expect(createStore().execute({ operation: 'CreateTable', body }).status).toBe(400);
  });
});
