import { openStore } from '../support/store-client.ts';
import { answerTo, createRandomTable } from '../support/send-request.ts';
import { NotModelledError } from '../../src/store/store-error.ts';

const item = (sort: string, extra: object = {}) => ({ pk: { S: 'USER#ada' }, sk: { S: sort }, ...extra });

async function openUsers(sorts: readonly string[]) {
  const { store, client } = openStore();
  await createRandomTable(client, 'users');
  for (const sort of sorts) {
    store.execute({ operation: 'PutItem', body: { TableName: 'users', Item: item(sort, { rank: { N: '1' } }) } });
  }
  return { store, client };
}

const query = {
  TableName: 'users',
  KeyConditionExpression: 'pk = :p',
  ExpressionAttributeValues: { ':p': { S: 'USER#ada' } },
};

describe('a query', () => {
  it('ends a page at its limit, even where nothing follows, and goes on from there', async () => {
    const { store } = await openUsers(['1', '2', '3', '4']);
    const page = (ExclusiveStartKey?: object) =>
      store.execute({ operation: 'Query', body: { ...query, Limit: 2, ScanIndexForward: false, ExclusiveStartKey } })
        .body;

    expect(page()).toMatchObject({ Count: 2, LastEvaluatedKey: item('3') });
    expect(page(item('3'))).toMatchObject({ Count: 2, ScannedCount: 2, LastEvaluatedKey: item('1') });
    expect(page(item('1'))).toEqual({ Items: [], Count: 0, ScannedCount: 0 });
  });

  it('counts what it has read apart from what it keeps', async () => {
    const { store } = await openUsers(['1', '2']);
    const filter = { FilterExpression: 'attribute_not_exists(#r)', ExpressionAttributeNames: { '#r': 'rank' } };

    expect(store.execute({ operation: 'Query', body: { ...query, ...filter } }).body).toMatchObject({
      Count: 0,
      ScannedCount: 2,
    });
  });

  it('does not pretend to know where a page of a megabyte ends', async () => {
    const { store } = await openUsers(Array.from({ length: 2_001 }, (_, at) => String(at)));

    expect(() => store.execute({ operation: 'Query', body: query })).toThrow(NotModelledError);
  });
});

describe('a scan', () => {
  it('finds everything once, whatever the segments and the limit', async () => {
    const { store, client } = await openUsers(['1', '2', '3']);
    for (const pk of ['a', 'b', 'c', 'd', 'e', 'f']) {
      store.execute({ operation: 'PutItem', body: { TableName: 'users', Item: { pk: { S: pk }, sk: { S: 's' } } } });
    }

    for (const [TotalSegments, Limit] of [
      [1, undefined],
      [3, 1],
      [2, 2],
    ]) {
      const found = await answerTo(client, 'users', {
        operation: 'Scan',
        input: { TotalSegments, Limit, ProjectionExpression: 'pk, sk' },
      });
      expect(found).toHaveLength(9);
      expect(new Set((found as object[]).map((one) => JSON.stringify(one))).size).toBe(9);
    }
  });
});

describe('a projection', () => {
  it('keeps the shape of the document around what is asked for', async () => {
    const { store } = await openUsers([]);
    const Item = item('1', {
      list: { L: [{ S: 'a' }, { S: 'b' }, { M: { x: { S: 'deep' }, y: { S: 'left' } } }] },
      map: { M: { a: { S: 'kept' }, b: { S: 'left' } } },
    });
    store.execute({ operation: 'PutItem', body: { TableName: 'users', Item } });

    const { body } = store.execute({
      operation: 'GetItem',
      body: {
        TableName: 'users',
        Key: item('1'),
        ProjectionExpression: '#m.a, list[1], list[2].x, none',
        ExpressionAttributeNames: { '#m': 'map' },
      },
    });

    expect(body).toEqual({
      Item: {
        list: { L: [{ S: 'b' }, { M: { x: { S: 'deep' } } }] },
        map: { M: { a: { S: 'kept' } } },
      },
    });
  });
});
