import type { CheckpointStore } from './checkpoint-store.ts';
import type { StartAt } from './shard-position.ts';
import type { StreamRecord } from './stream-record.ts';

/** Where records come from. */
export interface RecordContext {
  readonly shardId: string;
  readonly streamLabel: string;
  /** The key of the shard in checkpoints. */
  readonly shardKey: string;
}

/** Records that a consumer has not had and will not get; reading goes on behind them, at the oldest record that is there. */
export interface StreamGap extends RecordContext {
  /**
   * - `trimmed`: the consumer was away for longer than the 24 h that DynamoDB keeps records.
   * - `parent-unknown`: the shard before this one is gone, and the consumer has not read it to its end. Told, too, at the first start
   *   from TRIM_HORIZON on a stream older than that.
   * - `new-stream`: the table has another stream than before, since this process began: it was made anew, or its stream was.
   * - `expired`: reading from LATEST paused for more than 15 minutes before there was a first record.
   */
  readonly reason: 'trimmed' | 'parent-unknown' | 'new-stream' | 'expired';
  /** The last position that the consumer had reached, if it had any. */
  readonly after?: string;
}

/** Who gets the records of a stream. */
export interface StreamConsumer {
  /** Names it in problems and in the status; no two of a reader have the same. */
  readonly name: string;
  /**
   * Where it begins in the shards that are there at its first start; those that come later are read from their beginning. From LATEST
   * a shard is begun at LATEST again by whoever takes it over before its first record.
   */
  readonly startAt: StartAt;
  /** Its own: no two consumers share one. */
  readonly checkpoints: CheckpointStore;
  /**
   * Works records of one shard, in their order, each at least once; resolves when they need not be delivered again.
   *
   * Called for several shards at once, for one shard never while an earlier call is pending. If it throws, the same records are
   * delivered again after a while; the other consumers go on.
   */
  onRecords(records: readonly StreamRecord[], context: RecordContext): Promise<void>;
  /** Learns of a gap before the records behind it; if it throws it is told again. */
  onGap?(gap: StreamGap): Promise<void>;
}
