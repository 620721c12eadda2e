import { SHARD_END, shardKeyOf } from './shard-position.ts';
import type { StreamConsumer, StreamGap } from './stream-consumer.ts';
import type { ShardTree } from './stream-source.ts';

/** Where a consumer begins in a shard: with a gap to tell of, perhaps. */
export interface LaneStart {
  readonly position: string;
  readonly gap?: StreamGap;
}

/** What a consumer has to do in a shard: begin, nothing more, or wait for the shard before it. */
export type ShardTask = LaneStart | 'ended' | 'waiting';

/** Where each consumer begins in each shard of one stream. */
export interface ShardPlan {
  /** One read of the consumer's checkpoints, or two in a shard that it has not begun. */
  taskOf(consumer: StreamConsumer, shardId: string): Promise<ShardTask>;
}

/** What {@link createShardPlan} takes. */
export interface ShardPlanOptions {
  readonly streamLabel: string;
  /** The shards as they are now. */
  readonly shards: () => ShardTree;
  /** The shards that this process found when it started: LATEST is about these. */
  readonly firstLook: ReadonlySet<string>;
  /** Whether this stream has replaced another one since. */
  readonly isReplacement: boolean;
  /** Whether another process reads a shard. */
  readonly isReadElsewhere: (shardKey: string) => boolean;
}

/**
 * Decides by checkpoints and lineage alone. A shard is begun when the one before it was worked to its end, so that the changes of an
 * item keep their order when its shard splits.
 */
export function createShardPlan(options: ShardPlanOptions): ShardPlan {
  const { streamLabel, shards, firstLook, isReplacement, isReadElsewhere } = options;
  const skipped = new Set<string>();
  const keyOf = (shardId: string) => shardKeyOf(streamLabel, shardId);
  const hasChild = (shardId: string) => [...shards().values()].some(({ parentId }) => parentId === shardId);

  /** Of a consumer that wants what is yet to come, in a shard that was there already. */
  function taskFromLatest({ name }: StreamConsumer, shardId: string, parentId: string | undefined): ShardTask {
    if ([shardId, parentId].some((id) => id !== undefined && isReadElsewhere(keyOf(id)))) return 'waiting';
    if (!hasChild(shardId)) return { position: 'LATEST' };

    skipped.add(`${name}/${shardId}`);
    return 'ended';
  }

  function gapBefore(shardId: string, parentId: string | undefined, parentPosition: string | undefined) {
    const isParentUnknown = parentId !== undefined && parentPosition !== SHARD_END;
    if (!isParentUnknown && !(isReplacement && parentId === undefined)) return undefined;

    return {
      shardId,
      streamLabel,
      shardKey: keyOf(shardId),
      reason: isReplacement ? ('new-stream' as const) : ('parent-unknown' as const),
      ...(parentPosition !== undefined && { after: parentPosition }),
    };
  }

  return {
    taskOf: async (consumer, shardId) => {
      const { name, startAt, checkpoints } = consumer;
      const position = await checkpoints.load(keyOf(shardId));
      if (position === SHARD_END || skipped.has(`${name}/${shardId}`)) return 'ended';
      if (position !== undefined) return { position };

      const parentId = shards().get(shardId)?.parentId;
      const parentPosition = parentId === undefined ? undefined : await checkpoints.load(keyOf(parentId));
      if (startAt === 'LATEST' && firstLook.has(shardId) && parentPosition === undefined) {
        return taskFromLatest(consumer, shardId, parentId);
      }
      const isParentThere = parentId !== undefined && shards().has(parentId);
      if (isParentThere) {
        const isParentDone = parentPosition === SHARD_END || skipped.has(`${name}/${parentId}`);

        return isParentDone ? { position: 'TRIM_HORIZON' } : 'waiting';
      }
      const gap = gapBefore(shardId, parentId, parentPosition);
      return { position: 'TRIM_HORIZON', ...(gap && { gap }) };
    },
  };
}
