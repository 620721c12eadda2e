import {
  DescribeStreamCommand,
  type DescribeStreamOutput,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
  type ListStreamsOutput,
  type Shard,
} from '@aws-sdk/client-dynamodb-streams';
import { type StreamRecord, toStreamRecord } from './stream-record.ts';
import type { StartAt } from './shard-position.ts';
import type { StreamsClient } from './streams-client.ts';

/** One stream of a table; a table whose stream is disabled and enabled again has another one. */
export interface StreamName {
  readonly arn: string;
  readonly label: string;
}

/** The shards of a stream, by their id, each with the one before it if that is still there. */
export type ShardTree = ReadonlyMap<string, { readonly shardId: string; readonly parentId?: string }>;

/** What a stream consists of now. */
export interface StreamContents {
  readonly shards: ShardTree;
  /** Whether changes are still recorded. */
  readonly isEnabled: boolean;
}

/** The newest stream of a table; none if it never had one, or if there is no such table. */
export async function findStream(client: StreamsClient, tableName: string): Promise<StreamName | undefined> {
  const streams: StreamName[] = [];
  let from: string | undefined;

  do {
    const request = { TableName: tableName, ExclusiveStartStreamArn: from };
    const page: ListStreamsOutput = await client.send(new ListStreamsCommand(request));

    for (const { StreamArn: arn, StreamLabel: label } of page.Streams ?? [])
      if (arn && label) streams.push({ arn, label });
    from = page.LastEvaluatedStreamArn;
  } while (from !== undefined);
  // Labels are times: the greatest text is the newest.
  return streams.sort((one, other) => (one.label < other.label ? 1 : -1)).at(0);
}

/** All shards of a stream that are still there. */
export async function describeStream(client: StreamsClient, { arn }: StreamName): Promise<StreamContents> {
  const shards: Shard[] = [];
  let status: string | undefined;
  let from: string | undefined;

  do {
    const request = { StreamArn: arn, ExclusiveStartShardId: from };
    const page: DescribeStreamOutput = await client.send(new DescribeStreamCommand(request));
    const { Shards = [], StreamStatus, LastEvaluatedShardId } = page.StreamDescription ?? {};

    shards.push(...Shards);
    status = StreamStatus;
    from = LastEvaluatedShardId;
  } while (from !== undefined);
  return { shards: treeOf(shards), isEnabled: status === 'ENABLED' || status === 'ENABLING' };
}

function treeOf(shards: readonly Shard[]): ShardTree {
  return new Map(
    shards.map(({ ShardId: shardId = '', ParentShardId: parentId }) => [
      shardId,
      { shardId, ...(parentId !== undefined && { parentId }) },
    ]),
  );
}

/** A shard of a stream. */
export interface ShardAddress {
  readonly arn: string;
  readonly shardId: string;
}

const isStart = (place: string): place is StartAt => place === 'TRIM_HORIZON' || place === 'LATEST';

/** An iterator from a start, or from behind a sequence number. */
export async function getIterator(client: StreamsClient, address: ShardAddress, place: string): Promise<string> {
  const { arn: StreamArn, shardId: ShardId } = address;
  const from = isStart(place)
    ? { ShardIteratorType: place }
    : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' as const, SequenceNumber: place };
  const { ShardIterator = '' } = await client.send(new GetShardIteratorCommand({ StreamArn, ShardId, ...from }));

  return ShardIterator;
}

/** What one request got of a shard. */
export interface ShardBatch {
  readonly records: readonly StreamRecord[];
  /** Where to go on; missing at the end of the shard, and only there. */
  readonly next?: string;
}

/** The next records of an iterator, at most 1,000 or 1 MB. */
export async function getRecords(client: StreamsClient, iterator: string): Promise<ShardBatch> {
  const { Records = [], NextShardIterator: next } = await client.send(
    new GetRecordsCommand({ ShardIterator: iterator }),
  );
  const records = Records.map((record) =>
    toStreamRecord(record, record.dynamodb?.ApproximateCreationDateTime ?? epoch),
  );

  return { records, ...(next !== undefined && { next }) };
}

const epoch = new Date(0);

const throttles: ReadonlySet<unknown> = new Set([
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
]);

/** Whether a request came too soon after others: the stream is still what it was. */
export const isThrottle = (error: unknown): boolean => throttles.has((error as Error).name);

/** What a failed request means for the place it was to read: whether there is another way to go on at once. */
export function lossOf(error: unknown): 'expired' | 'trimmed' | undefined {
  switch ((error as Error).name) {
    case 'ExpiredIteratorException':
      return 'expired';
    case 'TrimmedDataAccessException':
      return 'trimmed';
    default:
      return undefined;
  }
}
