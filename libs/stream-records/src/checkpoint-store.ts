import { type Database, type ItemKey, readItem } from '@cnop/database-core';
import { sortablePosition } from './shard-position.ts';
import { writeIf } from './conditional-write.ts';

/**
 * Where one consumer remembers how far it has come in each shard.
 *
 * A position is the sequence number of the last record that was worked, verbatim, or {@link SHARD_END}. A shard key has the label of
 * the stream in it.
 */
export interface CheckpointStore {
  load(shardKey: string): Promise<string | undefined>;
  /** Never moves back: what is not after the stored position changes nothing. */
  save(shardKey: string, position: string): Promise<void>;
}

/** What {@link createCheckpointStore} takes. */
export interface CheckpointStoreOptions {
  readonly database: Database;
  /** The physical name of a table with the keys `pk` and `sk`. */
  readonly tableName: string;
  /** The `pk` of the items, one for each consumer of each table, such as `CHECKPOINT#orders#audit`; the `sk` is the shard key. */
  readonly partition: string;
  /** The time to live of an item, which is of no use once its shard is gone, 24 h after its last record. Default: none. */
  readonly timeToLive?: { readonly attribute: string; readonly ms: number };
}

/**
 * Keeps the checkpoints of a consumer in a table of the app's own.
 *
 * A save is one conditional update, 1 write unit: two processes that work the same shard cannot move it back. A load is strongly
 * consistent, 1 read unit.
 */
export function createCheckpointStore(options: CheckpointStoreOptions): CheckpointStore {
  const { database, tableName, partition, timeToLive } = options;
  const keyOf = (shardKey: string): ItemKey => ({ pk: partition, sk: shardKey });

  return {
    load: async (shardKey) => {
      const item = await readItem(database, { tableName, key: keyOf(shardKey) });
      const position = item?.['position'];

      return typeof position === 'string' ? position : undefined;
    },
    save: async (shardKey, position) => {
      const nowMs = database.clock.now().getTime();
      const ttl = timeToLive && Math.ceil((nowMs + timeToLive.ms) / 1_000);

      await writeIf(database, {
        Update: {
          TableName: tableName,
          Key: keyOf(shardKey),
          UpdateExpression: `SET #position = :position, #sortable = :sortable, #updatedAt = :now${ttl ? ', #ttl = :ttl' : ''}`,
          ConditionExpression: 'attribute_not_exists(#sortable) OR #sortable < :sortable',
          ExpressionAttributeNames: {
            '#position': 'position',
            '#sortable': 'sortablePosition',
            '#updatedAt': 'updatedAt',
            ...(timeToLive && { '#ttl': timeToLive.attribute }),
          },
          ExpressionAttributeValues: {
            ':position': position,
            ':sortable': sortablePosition(position),
            ':now': new Date(nowMs).toISOString(),
            ...(ttl && { ':ttl': ttl }),
          },
        },
      });
    },
  };
}
