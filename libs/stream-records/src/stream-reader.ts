import { createBackoff } from './backoff.ts';
import { createLeaseKeeper } from './lease-keeper.ts';
import { type ReaderStatus, shardStatuses } from './reader-status.ts';
import { isOver, type Span } from './span.ts';
import { completeOptions, type StreamReaderOptions } from './stream-reader-options.ts';
import type { StreamShards } from './stream-shards.ts';
import { createStreamWatch } from './stream-watch.ts';

/** Reads the changes of one table for several consumers. */
export interface StreamReader {
  /** Polls until it is stopped; never rejects. */
  run(): Promise<void>;
  /**
   * One round: leases and shards where it is time to look at them, one read of each shard held here, and the consumers' work on it, for
   * `pollMs` at most. Gives how many records were read. Never rejects. For whoever steps a reader without `run`.
   */
  poll(): Promise<number>;
  /** Ends after the poll that is under way, and gives up the leases. A consumer that still works is not waited for any longer. */
  stop(): Promise<void>;
  status(): ReaderStatus;
}

/**
 * Makes a reader of the newest stream of a table. Sends nothing yet.
 *
 * The processes with the same lease store share the shards. Each record of a shard is delivered to each consumer at least once, in
 * order; a second time after a failure, a restart, or while two processes believe they read the same shard. A shard is begun when the
 * consumer has worked the one before it to its end. Records of writes that changed nothing are left out.
 *
 * Needs the permissions `ListStreams`, `DescribeStream`, `GetShardIterator` and `GetRecords` on the streams of the table, and those of the
 * stores.
 *
 * Cost: a GetRecords per shard and poll, 4 a second where nothing happens; a list of the leases and a renewal of each every third of
 * `leaseMs`; a checkpoint per consumer and batch.
 *
 * @throws {@link sharedErrors.ConfigurationError} when an option is wrong.
 * @example
 * const reader = createStreamReader({ client: createStreamsClient(database), tableName, leaseStore, consumers: [consumer] });
 * const running = reader.run();
 * await reader.stop();
 */
export function createStreamReader(options: StreamReaderOptions): StreamReader {
  const complete = completeOptions(options);
  const { clock, ids, owner, leaseMs, pollMs, sleep, onProblem } = complete;
  const keeper = createLeaseKeeper({ store: complete.leaseStore, owner, clock, ids, leaseMs });
  const watch = createStreamWatch(complete, { ...complete, keeper });
  const leaseBackoff = createBackoff(complete);
  let shared: Span | undefined;
  let polling: Promise<number> | undefined;
  let isStopped = false;
  let tellStopped: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => (tellStopped = resolve));
  const nowMs = () => clock.now().getTime();

  /** Runs what uses the app's own table; a failure leaves everything as it is until a later poll. */
  async function withLeases(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      leaseBackoff.succeed();
    } catch (error) {
      onProblem({ kind: 'lease', error, attempt: leaseBackoff.fail() });
    }
  }

  async function shareIfDue(shards: StreamShards): Promise<void> {
    const isDue = shards.hasNews || isOver(shared, nowMs());
    if (!isDue || !leaseBackoff.isOver()) return;

    await withLeases(async () => {
      await shards.share();
      shared = { since: nowMs(), ms: Math.floor(leaseMs / 3) };
    });
  }

  async function readAndWork(shards: StreamShards): Promise<number> {
    const workers = [...shards.workers.values()];
    const polls = await Promise.all(workers.map((worker) => worker.poll()));
    const work = Promise.all(workers.map((worker) => worker.work()));

    if (polls.some(({ hasFailed }) => hasFailed)) watch.doubt();
    if (workers.length > 0) await Promise.race([work, sleep(pollMs)]);
    const ended = shards.finish();
    if (ended.length > 0) {
      watch.expectShards();
      await withLeases(() => keeper.release(ended));
    }
    return polls.reduce((sum, { records }) => sum + records, 0);
  }

  async function pollOnce(): Promise<number> {
    await watch.refreshIfDue();
    const { shards } = watch;
    if (!shards) return 0;

    await shareIfDue(shards);
    return await readAndWork(shards);
  }

  async function poll(): Promise<number> {
    if (isStopped) return 0;

    polling ??= pollOnce().finally(() => {
      polling = undefined;
    });
    return await polling;
  }

  return {
    poll,
    run: async () => {
      while (!isStopped) {
        if ((await poll()) === 0) await Promise.race([sleep(pollMs), stopped]);
      }
    },
    stop: async () => {
      isStopped = true;
      tellStopped();
      await polling;
      await withLeases(() => keeper.releaseAll());
    },
    status: () => ({ state: isStopped ? { kind: 'stopped' } : watch.state, shards: shardStatuses(watch.known) }),
  };
}
