import { createBackoff } from './backoff.ts';
import { SHARD_END } from './shard-position.ts';
import type { RecordContext, StreamConsumer, StreamGap } from './stream-consumer.ts';
import type { ReaderContext } from './stream-problem.ts';
import { changesNothing, type StreamRecord } from './stream-record.ts';

/** One consumer in one shard: where it is, and what it has been given and has not worked yet. */
export interface ConsumerLane {
  readonly consumer: StreamConsumer;
  /** Up to where it has been read for: a start, a sequence number, or the end of the shard. */
  readonly position: string;
  /** Whether it has worked the shard to its end. */
  readonly isEnded: boolean;
  /** About when the last record that it has worked was written. */
  readonly lastRecordAt: string | undefined;
  /** Whether it may be given more. */
  isIdle(): boolean;
  give(batch: LaneBatch): void;
  /** Tells of a gap before anything that is given later, which begins at another position. */
  giveGap(gap: StreamGap, position: string): void;
  /** Works what was given, if it is time to; resolves when this attempt is over, whatever comes of it. */
  work(): Promise<void>;
}

/** What is read for a lane. */
export interface LaneBatch {
  readonly records: readonly StreamRecord[];
  /** Behind the records. */
  readonly position: string;
}

interface Pending extends LaneBatch {
  /** What has yet to be told. */
  gap?: StreamGap | undefined;
  isWorked: boolean;
}

/** What {@link createLane} takes. */
export interface LaneOptions {
  readonly consumer: StreamConsumer;
  readonly shard: RecordContext;
  readonly position: string;
  readonly gap?: StreamGap | undefined;
}

/** Makes the lane of a consumer in a shard. Its batch, at most one, is kept until it is worked and the checkpoint is saved. */
export function createLane(context: ReaderContext, { consumer, shard, ...start }: LaneOptions): ConsumerLane {
  const backoff = createBackoff(context);
  let position = start.position;
  let isEnded = position === SHARD_END;
  let lastRecordAt: string | undefined;
  let pending: Pending | undefined;
  let working: Promise<void> | undefined;

  function giveGap(gap: StreamGap, from: string): void {
    pending = { gap, records: [], position: from, isWorked: true };
    position = from;
  }

  async function workOnce(batch: Pending): Promise<void> {
    try {
      if (batch.gap) await consumer.onGap?.(batch.gap);
      batch.gap = undefined;
      if (!batch.isWorked) await consumer.onRecords(batch.records, shard);
      batch.isWorked = true;
      lastRecordAt = batch.records.at(-1)?.at ?? lastRecordAt;
      if (batch.position === SHARD_END || batch.records.length > 0) {
        await consumer.checkpoints.save(shard.shardKey, batch.position);
      }
      isEnded = batch.position === SHARD_END;
      pending = undefined;
      backoff.succeed();
    } catch (error) {
      const attempt = backoff.fail();

      context.onProblem({ kind: 'consumer', error, shardId: shard.shardId, consumer: consumer.name, attempt });
    }
  }

  if (start.gap) giveGap(start.gap, position);
  return {
    consumer,
    get position() {
      return position;
    },
    get isEnded() {
      return isEnded;
    },
    get lastRecordAt() {
      return lastRecordAt;
    },
    isIdle: () => !isEnded && pending === undefined,
    give: (batch) => {
      const records = batch.records.filter((record) => !changesNothing(record));

      position = batch.position;
      pending = { records, position, isWorked: records.length === 0 };
    },
    giveGap,
    work: async () => {
      if (pending && backoff.isOver()) {
        working ??= workOnce(pending).finally(() => {
          working = undefined;
        });
      }
      await working;
    },
  };
}
