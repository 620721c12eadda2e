import { createLane } from './consumer-lane.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import { createShardPlan, type ShardPlan } from './shard-plan.ts';
import { SHARD_END, shardKeyOf } from './shard-position.ts';
import { createShardWorker, type ShardWorker } from './shard-worker.ts';
import type { StreamConsumer } from './stream-consumer.ts';
import type { ReaderContext } from './stream-problem.ts';
import type { ShardTree, StreamName } from './stream-source.ts';

/** The shards of one stream, and the workers of those that this process reads. */
export interface StreamShards {
  readonly stream: StreamName;
  /** By the id of the shard. */
  readonly workers: ReadonlyMap<string, ShardWorker>;
  /** The ids of the shards that are still there and not worked to their end by every consumer, as far as this process knows. */
  unfinished(): string[];
  /** Takes the shards as they are now. */
  update(shards: ShardTree): void;
  /** Whether there are shards about which nothing was decided yet. */
  readonly hasNews: boolean;
  /** Renews leases, takes shards that nobody reads and may be read, gives up those that another process took. */
  share(): Promise<void>;
  /** Forgets the workers whose shards are worked to their end; gives the keys of these, whose leases are of no more use. */
  finish(): string[];
  /** Whether a shard that was worked to its end has no successor yet. */
  hasLooseEnd(): boolean;
}

/** What {@link createStreamShards} takes. */
export interface StreamShardsOptions {
  readonly stream: StreamName;
  readonly shards: ShardTree;
  readonly consumers: readonly StreamConsumer[];
  readonly keeper: LeaseKeeper;
  readonly firstLook: ReadonlySet<string>;
  readonly isReplacement: boolean;
}

/** Begins with the shards of a stream; reads nothing yet. */
export function createStreamShards(context: ReaderContext, options: StreamShardsOptions): StreamShards {
  const { stream, consumers, keeper, firstLook, isReplacement } = options;
  const workers = new Map<string, ShardWorker>();
  const done = new Set<string>();
  let hasNews = true;
  let shards = options.shards;
  const keyOf = (shardId: string) => shardKeyOf(stream.label, shardId);
  const unfinished = () => [...shards.keys()].filter((shardId) => !done.has(shardId));
  const plan: ShardPlan = createShardPlan({
    streamLabel: stream.label,
    shards: () => shards,
    firstLook,
    isReplacement,
    isReadElsewhere: (shardKey) => !keeper.holds(shardKey) && !keeper.isFree(shardKey),
  });

  /** Whether any consumer has something to do in a shard that nobody reads. */
  async function isWanted(shardId: string): Promise<boolean> {
    const tasks = await Promise.all(consumers.map((consumer) => plan.taskOf(consumer, shardId)));

    if (tasks.every((task) => task === 'ended')) done.add(shardId);
    return tasks.some((task) => typeof task === 'object');
  }

  async function findFree(): Promise<string[]> {
    const free = unfinished().filter((shardId) => keeper.isFree(keyOf(shardId)));
    const wanted = await Promise.all(free.map(isWanted));

    return free.filter((_, index) => wanted[index]).map(keyOf);
  }

  function workerOf(shardId: string): ShardWorker {
    const shard = { shardId, streamLabel: stream.label, shardKey: keyOf(shardId) };
    const worker = workers.get(shardId) ?? createShardWorker(context, shard, { arn: stream.arn, shardId });

    workers.set(shardId, worker);
    return worker;
  }

  /** Lets the consumers begin that have nothing to wait for. */
  async function admit({ shard, lanes }: ShardWorker): Promise<void> {
    for (const consumer of consumers.filter(({ name }) => !lanes.has(name))) {
      const task = await plan.taskOf(consumer, shard.shardId);
      const start = task === 'ended' ? { position: SHARD_END } : task;

      if (start !== 'waiting') lanes.set(consumer.name, createLane(context, { consumer, shard, ...start }));
    }
  }

  return {
    stream,
    workers,
    unfinished,
    get hasNews() {
      return hasNews;
    },
    update: (now) => {
      hasNews ||= [...now.keys()].some((shardId) => !shards.has(shardId));
      shards = now;
      for (const shardId of [...done, ...workers.keys()].filter((id) => !shards.has(id))) {
        done.delete(shardId);
        workers.delete(shardId);
      }
    },
    share: async () => {
      await keeper.look(`${stream.label}#`, new Set(unfinished().map(keyOf)));
      await keeper.claim(await findFree());

      for (const shardId of workers.keys()) if (!keeper.holds(keyOf(shardId))) workers.delete(shardId);
      const held = unfinished().filter((shardId) => keeper.holds(keyOf(shardId)));
      await Promise.all(held.map((shardId) => admit(workerOf(shardId))));
      hasNews = false;
    },
    finish: () => {
      const ended = [...workers.values()].filter(
        ({ lanes }) => lanes.size === consumers.length && [...lanes.values()].every(({ isEnded }) => isEnded),
      );

      for (const { shard } of ended) {
        done.add(shard.shardId);
        workers.delete(shard.shardId);
      }
      hasNews ||= ended.length > 0;
      return ended.map(({ shard }) => shard.shardKey);
    },
    hasLooseEnd: () => {
      const parents = new Set([...shards.values()].map(({ parentId }) => parentId));

      return [...done].some((shardId) => !parents.has(shardId));
    },
  };
}
