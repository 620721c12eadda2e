import type { ShardWorker } from './shard-worker.ts';
import type { StreamShards } from './stream-shards.ts';

/** What a reader is at: whoever polls the table instead does so in all states but `reading`. */
export type ReaderState =
  /** It has not looked yet. */
  | { readonly kind: 'starting' }
  /** The table has no stream, or one that is disabled and read to its end, or there is no table. It looks again. */
  | { readonly kind: 'no-stream' }
  | { readonly kind: 'reading'; readonly streamLabel: string }
  /** The last request for the stream failed. It tries again. */
  | { readonly kind: 'unreachable'; readonly error: unknown }
  | { readonly kind: 'stopped' };

/** How far one consumer is in a shard that is read here. */
export interface ConsumerStatus {
  readonly name: string;
  /** Up to where records were read for it: a start, a sequence number or `SHARD_END`. */
  readonly position: string;
  /** About when the last record was written that it has worked, ISO 8601 UTC. */
  readonly lastRecordAt?: string;
  /** Whether it has worked all that was read for it. */
  readonly isCaughtUp: boolean;
}

/** How far a shard is. */
export interface ShardStatus {
  readonly shardId: string;
  /** Whether this process reads it. */
  readonly isHeld: boolean;
  /** When records were last asked for with success, ISO 8601 UTC; of a shard that is read here. */
  readonly lastReadAt?: string;
  /** Of a shard that is read here: the consumers that have begun. */
  readonly consumers: readonly ConsumerStatus[];
}

/** For metrics and readiness. */
export interface ReaderStatus {
  readonly state: ReaderState;
  /** The shards that are not worked to their end. */
  readonly shards: readonly ShardStatus[];
}

/** The status of every shard that is not worked to its end. */
export const shardStatuses = (shards: StreamShards | undefined): ShardStatus[] =>
  (shards?.unfinished() ?? []).map((shardId) => statusOf(shardId, shards?.workers.get(shardId)));

function statusOf(shardId: string, worker: ShardWorker | undefined): ShardStatus {
  const { lastReadMs, lanes = new Map() } = worker ?? {};
  const consumers = [...(lanes as ShardWorker['lanes']).values()].map((lane) => ({
    name: lane.consumer.name,
    position: lane.position,
    ...(lane.lastRecordAt !== undefined && { lastRecordAt: lane.lastRecordAt }),
    isCaughtUp: lane.isIdle() || lane.isEnded,
  }));

  return {
    shardId,
    isHeld: worker !== undefined,
    ...(lastReadMs !== undefined && { lastReadAt: new Date(lastReadMs).toISOString() }),
    consumers,
  };
}
