import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  QueryCommand,
  UpdateItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { createManualClock } from '@cnop/utils';
import { createFaultInjector, everyCall, script, staleIndex, truncateBatch } from '@cnop/testing';
import { errorOf, item, keyOf, useTestTable } from '../support/test-table.ts';

const table = useTestTable();

describe(truncateBatch, () => {
  const write = (...keys: string[]) =>
    new BatchWriteItemCommand({
      RequestItems: { [table.name]: keys.map((sk) => ({ PutRequest: { Item: item(sk) } })) },
    });

  it('leaves a part of a batch write undone until it is sent again', async () => {
    const { client } = table.faulty({ plan: script([truncateBatch()]), seed: 1 });

    const { UnprocessedItems } = await client.send(write('w-1', 'w-2', 'w-3', 'w-4'));

    const left = UnprocessedItems![table.name]!.map(({ PutRequest }) => PutRequest!.Item!['sk']!.S!);
    const done = (await table.keys()).filter((sk) => sk.startsWith('w-'));
    expect([done.length, left.length]).toEqual([expect.any(Number), expect.any(Number)]);
    expect(Math.min(done.length, left.length)).toBeGreaterThan(0);
    expect([...done, ...left]).toEqual(['w-1', 'w-2', 'w-3', 'w-4']);
    await client.send(new BatchWriteItemCommand({ RequestItems: UnprocessedItems }));
    expect((await table.keys()).filter((sk) => sk.startsWith('w-'))).toHaveLength(4);
  });

  it('leaves a part of a batch read unread until it is asked again', async () => {
    const { client } = table.faulty({ plan: script([truncateBatch({ keep: 1 })]) });
    await Promise.all(['r-1', 'r-2', 'r-3'].map((sk) => table.put(sk)));
    const Keys = ['r-1', 'r-2', 'r-3'].map(keyOf);

    const first = await client.send(
      new BatchGetItemCommand({ RequestItems: { [table.name]: { Keys, ConsistentRead: true } } }),
    );
    const second = await client.send(new BatchGetItemCommand({ RequestItems: first.UnprocessedKeys }));

    expect(first.Responses![table.name]).toEqual([item('r-1')]);
    expect(first.UnprocessedKeys).toEqual({ [table.name]: { Keys: Keys.slice(1), ConsistentRead: true } });
    expect(second.Responses![table.name]).toHaveLength(2);
    expect(second.UnprocessedKeys).toEqual({});
  });

  it('of one request is an error', async () => {
    const { client } = table.faulty({ plan: everyCall(truncateBatch()) });

    const error = await errorOf(client.send(write('single')));

    expect(error).toMatchObject({ name: 'ProvisionedThroughputExceededException' });
  });
});

describe(staleIndex, () => {
  it('shows an index as it was before the latest writes; the table itself is as it is', async () => {
    const clock = createManualClock('2026-01-05T09:30:00.000Z');
    const faults = createFaultInjector({ clock, plan: everyCall(staleIndex({ lagMs: 1_000 })) });
    const { client } = table.faulty({ inner: faults });
    const put = (sk: string) =>
      client.send(new PutItemCommand({ TableName: table.name, Item: item(sk, { owner: { S: 'eve' } }) }));
    const query = async (rest: object) => {
      const { Items, Count } = await client.send(new QueryCommand({ TableName: table.name, ...rest }));
      expect(Count).toBe(Items!.length);
      return Items!.map(({ sk }) => sk!.S);
    };
    const byOwner = () =>
      query({
        IndexName: 'byOwner',
        KeyConditionExpression: '#owner = :owner',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':owner': { S: 'eve' } },
      });
    const inTable = () =>
      query({
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': { S: 'P' }, ':sk': { S: 's-' } },
      });
    await put('s-1');
    await put('s-2');
    clock.advance(1_000);
    await put('s-3');
    await client.send(
      new UpdateItemCommand({
        TableName: table.name,
        Key: keyOf('s-1'),
        UpdateExpression: 'SET seen = :seen',
        ExpressionAttributeValues: { ':seen': { BOOL: true } },
      }),
    );

    const stale = await byOwner();
    const consistent = await inTable();
    clock.advance(1_000);
    const fresh = await byOwner();

    expect([stale, consistent, fresh]).toEqual([['s-2'], ['s-1', 's-2', 's-3'], ['s-1', 's-2', 's-3']]);
  });
});
