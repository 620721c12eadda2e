import * as fc from 'fast-check';
import {
  createStreamHandler,
  type StreamEvent,
  type StreamHandlerOptions,
  type StreamRecord,
} from '@cnop/stream-records/lambda';

import { thrownBy } from '../../support/thrown-by.ts';

const arn = 'arn:aws:dynamodb:eu-central-1:123456789012:table/inventory/stream/2030-01-01T00:00:00.000';

interface Change {
  readonly pk: string;
  readonly version: number;
}

/** A record as Lambda tells it. */
const recordOf = ({ pk, version }: Change, index: number) => ({
  eventID: `event-${index}`,
  eventName: 'MODIFY',
  eventSourceARN: arn,
  dynamodb: {
    ApproximateCreationDateTime: 1_893_456_000.25,
    Keys: { pk: { S: pk }, sk: { S: 'ASSET' } },
    OldImage: { pk: { S: pk }, version: { N: String(version - 1) } },
    NewImage: { pk: { S: pk }, version: { N: String(version) } },
    SequenceNumber: `${100 + index}`,
  },
});

const eventOf = (pks: string): StreamEvent => ({
  Records: Array.from(pks, (pk, index) => recordOf({ pk, version: index + 1 }, index)),
});
const nameOf = ({ keys, sequenceNumber }: StreamRecord) => `${String(keys['pk'])}${sequenceNumber}`;
const failures = (...numbers: number[]) => ({
  batchItemFailures: numbers.map((number) => ({ itemIdentifier: String(number) })),
});

/** A handler that notes what it works, and fails on the records named. */
function createTestHandler(failing: readonly string[] = [], options: StreamHandlerOptions = {}) {
  const worked: string[] = [];
  const handler = createStreamHandler({
    onRecord: async (record) => {
      if (failing.includes(nameOf(record))) throw new Error(nameOf(record));
      worked.push(nameOf(record));
    },
    ...options,
  });

  return { handler, worked };
}

describe('a handler of a Lambda function', () => {
  it('works the records of each item in order and reports no failure', async () => {
    const { handler, worked } = createTestHandler();

    expect(await handler(eventOf('abab'))).toEqual(failures());

    expect(worked.filter((name) => name.startsWith('a'))).toEqual(['a100', 'a102']);
    expect(worked.filter((name) => name.startsWith('b'))).toEqual(['b101', 'b103']);
  });

  it('gives decoded records with their time, group and stream', async () => {
    const onRecords = jest.fn(async () => undefined);

    await createStreamHandler({ onRecords })(eventOf('a'));

    expect(onRecords).toHaveBeenCalledWith(
      [
        {
          eventId: 'event-0',
          kind: 'MODIFY',
          keys: { pk: 'a', sk: 'ASSET' },
          oldItem: { pk: 'a', version: 0 },
          newItem: { pk: 'a', version: 1 },
          sequenceNumber: '100',
          at: '2030-01-01T00:00:00.250Z',
        },
      ],
      { group: 'a', streamLabel: '2030-01-01T00:00:00.000' },
    );
  });

  it('begins no later record of an item that failed, and reports the one that did', async () => {
    const { handler, worked } = createTestHandler(['a102', 'c104']);

    expect(await handler(eventOf('abaacc'))).toEqual(failures(102, 104));

    expect(worked.sort()).toEqual(['a100', 'b101']);
  });

  it('reports the first record of a group that is worked at once', async () => {
    const onFailure = jest.fn();
    const handler = createStreamHandler({
      onRecords: async (_records, { group }) => {
        if (group === 'b') throw new Error('b is down');
      },
      onFailure,
    });

    expect(await handler(eventOf('abab'))).toEqual(failures(101));
    expect(onFailure).toHaveBeenCalledWith(new Error('b is down'), expect.objectContaining({ sequenceNumber: '101' }));
  });

  it('groups by what it is told to', async () => {
    const onRecords = jest.fn<Promise<void>, [readonly StreamRecord[], object]>(async () => undefined);

    await createStreamHandler({ onRecords, groupBy: () => 'all' })(eventOf('abc'));

    expect(onRecords).toHaveBeenCalledTimes(1);
    expect(onRecords.mock.calls).toMatchObject([[{ length: 3 }, { group: 'all' }]]);
  });

  it('groups by all keys where they have other names', async () => {
    const groups: string[] = [];
    const { Records } = eventOf('aba');
    const renamed = Records.map((record, index) => {
      const { dynamodb, ...rest } = record as ReturnType<typeof recordOf>;
      return { ...rest, dynamodb: { ...dynamodb, Keys: { id: { N: `${index % 2}` } } } };
    });

    await createStreamHandler({
      onRecords: async (records, { group }) => {
        groups.push(`${group}: ${records.length}`);
      },
    })({ Records: renamed });

    expect(groups).toEqual(['["0"]: 2', '["1"]: 1']);
  });

  it('works no more groups at once than it may', async () => {
    let running = 0;
    let most = 0;
    const handler = createStreamHandler({
      maxGroupsAtOnce: 2,
      onRecord: async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
      },
    });

    await handler(eventOf('abcdefg'));

    expect(most).toBe(2);
  });

  it('leaves out what changed nothing', async () => {
    const { handler, worked } = createTestHandler();
    const [first, second] = eventOf('ab').Records as ReturnType<typeof recordOf>[];
    const same = { ...first!, dynamodb: { ...first!.dynamodb, NewImage: first!.dynamodb.OldImage } };

    expect(await handler({ Records: [same, second!] })).toEqual(failures());
    expect(worked).toEqual(['b101']);
  });

  it('passes the shard on and the state back where the mapping has a tumbling window', async () => {
    const onRecord = jest.fn(async () => undefined);
    const handler = createStreamHandler({ onRecord });
    const window = { start: '2030-01-01T00:00:00Z', end: '2030-01-01T00:00:01Z' };

    expect(await handler({ ...eventOf('a'), shardId: 'shard-1', window, state: { kept: 1 } })).toEqual({
      ...failures(),
      state: { kept: 1 },
    });
    expect(onRecord).toHaveBeenCalledWith(expect.anything(), expect.objectContaining({ shardId: 'shard-1' }));
    expect(await handler({ Records: [], window })).toEqual({ ...failures(), state: {} });
  });

  it('decodes binary values, which an event has as base64, and no attribute that is named as they are', async () => {
    const items: unknown[] = [];
    const NewImage = {
      B: { S: 'aGk=' },
      BS: { SS: ['aGk='] },
      bytes: { B: 'aGk=' },
      several: { BS: ['aGk=', 'eW8='] },
      nested: { M: { list: { L: [{ B: 'aGk=' }, { NULL: true }] } } },
    };
    const { Records } = eventOf('a');
    const record = Records[0] as ReturnType<typeof recordOf>;

    await createStreamHandler({
      onRecord: async ({ newItem }) => {
        items.push(newItem);
      },
    })({ Records: [{ ...record, dynamodb: { ...record.dynamodb, NewImage } }] });

    const [hi, yo] = [Buffer.from('hi'), Buffer.from('yo')];
    expect(items).toEqual([
      { B: 'aGk=', BS: new Set(['aGk=']), bytes: hi, several: new Set([hi, yo]), nested: { list: [hi, null] } },
    ]);
  });

  it('gives exact numbers, as a read does, and no image where the stream has none', async () => {
    const records: StreamRecord[] = [];
    const [first, second] = eventOf('aa').Records as ReturnType<typeof recordOf>[];
    const NewImage = { big: { N: '100000000000000000001' }, odd: { N: '1.5' } };
    const { Keys, SequenceNumber } = second!.dynamodb;

    await createStreamHandler({
      onRecords: async (group) => {
        records.push(...group);
      },
    })({
      Records: [
        { ...first!, dynamodb: { ...first!.dynamodb, NewImage } },
        { ...second!, eventName: 'REMOVE', dynamodb: { Keys, SequenceNumber } },
      ],
    });

    expect(records[0]?.newItem).toEqual({ big: 100000000000000000001n, odd: '1.5' });
    expect(records[1]).toEqual({
      eventId: 'event-1',
      kind: 'REMOVE',
      keys: { pk: 'a', sk: 'ASSET' },
      sequenceNumber: '101',
      at: '1970-01-01T00:00:00.000Z',
    });
  });

  const record = recordOf({ pk: 'a', version: 2 }, 0);
  it.each([
    ['of another source', { messageId: '1', body: '{}' }],
    ['of an unknown kind', { ...record, eventName: 'COPY' }],
    ['without an id', { ...record, eventID: undefined }],
    ['without keys', { ...record, dynamodb: { ...record.dynamodb, Keys: undefined } }],
    ['without a number', { ...record, dynamodb: { ...record.dynamodb, SequenceNumber: undefined } }],
  ])('throws for a record %s, so that Lambda repeats the batch', async (_title, wrong) => {
    const { handler } = createTestHandler();

    await expect(handler({ Records: [record, wrong] })).rejects.toThrow(
      new TypeError('This is no record of a DynamoDB stream.'),
    );
  });

  it.each<[StreamHandlerOptions, string]>([
    [{}, 'onRecords'],
    [{ onRecord: async () => undefined, onRecords: async () => undefined }, 'onRecords'],
    [{ onRecord: async () => undefined, maxGroupsAtOnce: 0 }, 'maxGroupsAtOnce'],
  ])('is refused with %j', (options, setting) => {
    expect(thrownBy(() => createStreamHandler(options))).toMatchObject({
      code: 'CONFIGURATION_INVALID',
      details: { settings: [{ setting }] },
    });
  });

  it('loses nothing and keeps the order of each item, as Lambda repeats from the lowest failure', async () => {
    const change = fc.record({ pk: fc.constantFrom('a', 'b', 'c'), fails: fc.nat(2) });

    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 20 }), async (changes) => {
        const left = changes.map(({ fails }) => fails);
        const done: number[] = [];
        const handler = createStreamHandler({
          onRecord: async ({ sequenceNumber }) => {
            const index = Number(sequenceNumber) - 100;
            if ((left[index] ?? 0) > 0) {
              left[index]! -= 1;
              throw new Error('not yet');
            }
            done.push(index);
          },
        });
        const records = changes.map(({ pk }, index) => recordOf({ pk, version: index + 1 }, index));

        for (let from = 0; from < records.length;) {
          const { batchItemFailures } = await handler({ Records: records.slice(from) });
          from =
            Math.min(records.length + 100, ...batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier))) -
            100;
        }

        for (const pk of ['a', 'b', 'c']) {
          const own = changes.flatMap((each, index) => (each.pk === pk ? [index] : []));
          const first = [...new Set(done.filter((index) => own.includes(index)))];
          expect(first).toEqual(own);
        }
      }),
    );
  });
});
