import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';

interface SimulatedShard {
  readonly shardId: string;
  readonly parentId?: string;
  readonly records: { readonly sequence: number; readonly key: string; readonly version: number }[];
  isClosed: boolean;
  /** Records with a lower sequence number are gone. */
  trimmedBefore: number;
}

type Answer = Readonly<Record<string, unknown>>;

/** What a request fails with. */
class Refused extends Error {
  readonly type: string;

  constructor(type: string) {
    super(`Scripted ${type}.`);
    this.type = type;
  }
}

/** A change of an item, as the tests compare it. */
export interface Change {
  readonly key: string;
  readonly version: number;
}

interface SimulationOptions {
  readonly pageSize?: number;
  /** Happens before each read of records. */
  readonly onRead?: () => void;
}

/**
 * A stream that splits, is trimmed, throttles and is made anew: what no emulator does. It answers the SDK at its request handler.
 *
 * Each request gets two records at most, so that a batch has an end.
 */
export function createSimulatedStream({ pageSize = 2, onRead = () => undefined }: SimulationOptions = {}) {
  let generation = 1;
  let status: 'ENABLED' | 'DISABLED' | 'NONE' = 'ENABLED';
  let shards: SimulatedShard[] = [];
  let sequence = 0;
  let shardCount = 0;
  const versions = new Map<string, number>();
  const calls: { readonly target: string; readonly shardId?: string; readonly type?: string }[] = [];
  const failures: { readonly target: string; readonly type: string }[] = [];
  let epoch = 0;
  const label = () => `2030-01-0${generation}T00:00:00.000`;

  function addShard(parentId?: string): SimulatedShard {
    shardCount += 1;
    const shard = {
      shardId: `shard-${shardCount}`,
      ...(parentId !== undefined && { parentId }),
      records: [],
      isClosed: false,
      trimmedBefore: 0,
    };

    shards.push(shard);
    return shard;
  }

  const shardOf = (shardId: unknown): SimulatedShard => {
    const shard = shards.find((each) => each.shardId === shardId);
    if (!shard) throw new Refused('ResourceNotFoundException');
    return shard;
  };

  function route(key: string): string | undefined {
    let shard = shards.find(({ isClosed }) => !isClosed);

    for (let at = shards.find(({ shardId }) => shardId === 'shard-1'); at;) {
      const { shardId } = at;
      const children = shards.filter(({ parentId }) => parentId === shardId);
      if (!at.isClosed) shard = at;
      at = children[key.charCodeAt(0) % children.length];
    }
    return shard?.shardId;
  }

  const answers: Readonly<Record<string, (body: Answer) => Answer>> = {
    ListStreams: () => ({
      Streams:
        status === 'NONE'
          ? []
          : [{ StreamArn: `arn:${label()}`, StreamLabel: label(), TableName: 'things' }, oldStream],
    }),
    DescribeStream: ({ StreamArn, ExclusiveStartShardId }) => {
      if (StreamArn !== `arn:${label()}`) throw new Refused('ResourceNotFoundException');
      const from = shards.findIndex(({ shardId }) => shardId === ExclusiveStartShardId) + 1;
      const page = shards.slice(from, from + 2);
      const last = page.at(-1);
      const isMore = last !== shards.at(-1);

      return {
        StreamDescription: {
          StreamStatus: status,
          Shards: page.map(({ shardId, parentId }) => ({ ShardId: shardId, ParentShardId: parentId })),
          ...(isMore && { LastEvaluatedShardId: last?.shardId }),
        },
      };
    },
    GetShardIterator: ({ ShardId, ShardIteratorType: type, SequenceNumber }) => {
      const { records, trimmedBefore } = shardOf(ShardId);
      const after = Number(SequenceNumber);
      if (type === 'AFTER_SEQUENCE_NUMBER' && after + 1 < trimmedBefore)
        throw new Refused('TrimmedDataAccessException');
      const starts = { TRIM_HORIZON: trimmedBefore, LATEST: (records.at(-1)?.sequence ?? 0) + 1 };
      const from = type === 'AFTER_SEQUENCE_NUMBER' ? after + 1 : starts[type as keyof typeof starts];

      return { ShardIterator: JSON.stringify({ ShardId, from, epoch }) };
    },
    GetRecords: ({ ShardIterator }) => {
      onRead();
      const iterator = JSON.parse(String(ShardIterator)) as { ShardId: string; from: number; epoch: number };
      if (iterator.epoch !== epoch) throw new Refused('ExpiredIteratorException');
      const { records, trimmedBefore, isClosed } = shardOf(iterator.ShardId);
      if (iterator.from < trimmedBefore) throw new Refused('TrimmedDataAccessException');
      const left = records.filter((record) => record.sequence >= iterator.from);
      const page = left.slice(0, pageSize);
      const from = (page.at(-1)?.sequence ?? iterator.from - 1) + 1;

      return {
        Records: page.map(toWire),
        ...(!(isClosed && page.length === left.length) && { NextShardIterator: JSON.stringify({ ...iterator, from }) }),
      };
    },
  };

  function answer(target: string, body: Answer): { readonly statusCode: number; readonly body: Answer } {
    const iterator = typeof body['ShardIterator'] === 'string' ? (JSON.parse(body['ShardIterator']) as Answer) : {};
    const shardId = (body['ShardId'] ?? iterator['ShardId']) as string | undefined;
    const type = body['ShardIteratorType'];

    calls.push({
      target,
      ...(shardId !== undefined && { shardId }),
      ...(typeof type === 'string' && { type }),
    });
    try {
      const index = failures.findIndex((failure) => failure.target === target);
      if (index >= 0) throw new Refused(failures.splice(index, 1)[0]!.type);
      return { statusCode: 200, body: answers[target]!(body) };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return {
        statusCode: 400,
        body: { __type: `com.amazonaws.dynamodb.v20120810#${error.type}`, message: error.message },
      };
    }
  }

  const client = new DynamoDBStreamsClient({
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
    requestHandler: {
      handle: async ({ headers, body }: { headers: Record<string, string>; body?: unknown }) => {
        const target = headers['x-amz-target']?.split('.').at(-1) ?? '';
        const { statusCode, body: answered } = answer(
          target,
          JSON.parse(new TextDecoder().decode(body as Uint8Array)) as Answer,
        );
        const bytes = Buffer.from(JSON.stringify(answered));

        return { response: { statusCode, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: bytes } };
      },
    } as never,
  });

  addShard();
  return {
    client,
    calls,
    label,
    shardIds: () => shards.map(({ shardId }) => shardId),
    openShards: () => shards.filter(({ isClosed }) => !isClosed).map(({ shardId }) => shardId),
    addShard: () => addShard().shardId,
    /** Changes an item, whose records lie in the given shard; by default in one of the successors of that where they lay before. */
    change(key: string, shardId = route(key)): Change {
      const version = (versions.get(key) ?? 0) + 1;

      sequence += 1;
      versions.set(key, version);
      shardOf(shardId).records.push({ sequence, key, version });
      return { key, version };
    },
    /** Closes a shard and opens its successors. */
    split(shardId: string, into = 2): string[] {
      shardOf(shardId).isClosed = true;
      return Array.from({ length: into }, () => addShard(shardId).shardId);
    },
    /** Forgets the records of a shard up to now. */
    trim(shardId: string): void {
      shardOf(shardId).trimmedBefore = sequence + 1;
      shardOf(shardId).records.length = 0;
    },
    /** Forgets a shard. */
    drop(shardId: string): void {
      shards = shards.filter((shard) => shard.shardId !== shardId);
    },
    expireIterators(): void {
      epoch += 1;
    },
    /** Makes the stream anew, as an emulator does that is started again: records are numbered from 1, in a shard of the same name. */
    recreate(): void {
      generation += 1;
      shards = [];
      sequence = 0;
      shardCount = 0;
      status = 'ENABLED';
      addShard();
    },
    setStatus(next: typeof status): void {
      status = next;
    },
    fail(target: string, type: string, times = 1): void {
      failures.push(...Array.from({ length: times }, () => ({ target, type })));
    },
  };
}

export type SimulatedStream = ReturnType<typeof createSimulatedStream>;

/** The stream that the table had before: still listed for a day. */
const oldStream = {
  StreamArn: 'arn:2029-12-31T00:00:00.000',
  StreamLabel: '2029-12-31T00:00:00.000',
  TableName: 'things',
};

const toWire = ({ sequence, key, version }: SimulatedShard['records'][number]) => ({
  eventID: `event-${sequence}`,
  eventName: version === 1 ? 'INSERT' : 'MODIFY',
  dynamodb: {
    ApproximateCreationDateTime: 1_893_456_000 + sequence,
    Keys: { pk: { S: key } },
    NewImage: { pk: { S: key }, version: { N: String(version) } },
    ...(version > 1 && { OldImage: { pk: { S: key }, version: { N: String(version - 1) } } }),
    SequenceNumber: String(sequence),
  },
});
