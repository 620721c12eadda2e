import { createBackoff } from './backoff.ts';
import type { ConsumerLane } from './consumer-lane.ts';
import { groupBy } from './group-by.ts';
import { isAfter, SHARD_END, sortablePlace } from './shard-position.ts';
import type { RecordContext, StreamGap } from './stream-consumer.ts';
import type { ReaderContext } from './stream-problem.ts';
import { getIterator, getRecords, isThrottle, lossOf, type ShardAddress, type ShardBatch } from './stream-source.ts';

/** What one poll of a shard came to. */
export interface ShardPoll {
  /** How many records were read. */
  readonly records: number;
  /** Whether a request failed for another reason than throttling: perhaps the stream is no more. */
  readonly hasFailed: boolean;
}

/** Reads one shard for all its consumers. */
export interface ShardWorker {
  readonly shard: RecordContext;
  /** By the name of the consumer. */
  readonly lanes: Map<string, ConsumerLane>;
  /** When records were last asked for with success, in milliseconds since 1970. */
  readonly lastReadMs: number | undefined;
  poll(): Promise<ShardPoll>;
  /** Works what the lanes have; resolves when every attempt is over. */
  work(): Promise<void>;
}

/** Lanes that are at the same place: what is read once is for all of them. */
interface Group {
  readonly place: string;
  readonly lanes: readonly ConsumerLane[];
}

/**
 * Makes the reader of a shard. As a rule all consumers are at one place and a poll is one request; one that fell behind reads by
 * itself until it has caught up, in a second request at most, after the first: DynamoDB allows two readers a shard.
 */
export function createShardWorker(context: ReaderContext, shard: RecordContext, address: ShardAddress): ShardWorker {
  const { client, clock } = context;
  const lanes = new Map<string, ConsumerLane>();
  const iterators = new Map<string, string>();
  const backoff = createBackoff(context);
  let lastReadMs: number | undefined;

  async function read({ place }: Group): Promise<ShardBatch> {
    const iterator = iterators.get(place) ?? (await getIterator(client, address, place));
    iterators.set(place, iterator);

    return await getRecords(client, iterator);
  }

  /**
   * Gives what was read to the lanes of a group, up to where the next lanes ahead are: from there on both read together. Remembers
   * where to go on.
   */
  function share({ place, lanes: readers }: Group, { records, next }: ShardBatch): void {
    const limit = nextPlace(place, [...lanes.values()]);
    const within = limit === undefined ? records : records.filter((record) => !isAfter(record.sequenceNumber, limit));
    const isCut = within.length < records.length;
    const last = within.at(-1)?.sequenceNumber;
    const isEnd = next === undefined && !isCut;
    const position = isEnd ? SHARD_END : isCut ? (limit ?? place) : (last ?? place);

    if (!isCut && next !== undefined) iterators.set(position, next);
    if (position !== place) for (const lane of readers) lane.give({ records: within, position });
  }

  function tellGap({ place, lanes: readers }: Group, reason: StreamGap['reason'], from: string): void {
    const after = readers.length > 0 && /^\d/.test(place) ? { after: place } : {};

    for (const lane of readers) lane.giveGap({ ...shard, reason, ...after }, from);
  }

  async function readGroup(group: Group): Promise<ShardPoll> {
    try {
      const batch = await read(group);

      lastReadMs = clock.now().getTime();
      share(group, batch);
      backoff.succeed();
      return { records: batch.records.length, hasFailed: false };
    } catch (error) {
      const loss = lossOf(error);

      iterators.delete(group.place);
      if (loss === 'expired' && group.place === 'LATEST') tellGap(group, 'expired', 'LATEST');
      if (loss === 'trimmed' && group.place !== 'TRIM_HORIZON') tellGap(group, 'trimmed', 'TRIM_HORIZON');
      if (loss !== undefined) return { records: 0, hasFailed: false };

      context.onProblem({ kind: 'read', error, shardId: shard.shardId, attempt: backoff.fail() });
      return { records: 0, hasFailed: !isThrottle(error) };
    }
  }

  function dropIterators(): void {
    const places = new Set([...lanes.values()].map(({ position }) => position));

    for (const place of iterators.keys()) if (!places.has(place)) iterators.delete(place);
  }

  return {
    shard,
    lanes,
    get lastReadMs() {
      return lastReadMs;
    },
    poll: async () => {
      let records = 0;

      for (const group of groupsToRead([...lanes.values()])) {
        if (!backoff.isOver()) break;
        const poll = await readGroup(group);

        records += poll.records;
        if (poll.hasFailed) return { records, hasFailed: true };
      }
      dropIterators();
      return { records, hasFailed: false };
    },
    work: async () => {
      await Promise.all([...lanes.values()].map((lane) => lane.work()));
    },
  };
}

/** The group that is ahead, and of those behind it the last one. */
function groupsToRead(lanes: readonly ConsumerLane[]): Group[] {
  const byPlace = groupBy(
    lanes.filter((lane) => lane.isIdle()),
    ({ position }) => position,
  );
  const places = [...byPlace.keys()].sort((one, other) => (sortablePlace(one) < sortablePlace(other) ? -1 : 1));
  const groups = places.map((place) => ({ place, lanes: byPlace.get(place) ?? [] }));

  return [...groups.slice(-1), ...groups.slice(0, -1).slice(0, 1)];
}

/** The nearest place ahead that is behind a record. */
function nextPlace(place: string, lanes: readonly ConsumerLane[]): string | undefined {
  const ahead = lanes
    .map(({ position }) => position)
    .filter((position) => /^\d/.test(position) && sortablePlace(position) > sortablePlace(place));

  return ahead.sort((one, other) => (isAfter(one, other) ? 1 : -1)).at(0);
}
