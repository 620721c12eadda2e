import { createBackoff } from './backoff.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import type { ReaderState } from './reader-status.ts';
import { isOver, type Span } from './span.ts';
import type { StreamConsumer } from './stream-consumer.ts';
import type { ReaderContext } from './stream-problem.ts';
import { createStreamShards, type StreamShards } from './stream-shards.ts';
import { describeStream, findStream } from './stream-source.ts';

/** Looks which stream a table has, and which shards that has. */
export interface StreamWatch {
  readonly state: ReaderState;
  /** The stream to read; none if there is none, or if it may be another one by now. */
  readonly shards: StreamShards | undefined;
  /** Looks again, if it is time to. Never rejects. */
  refreshIfDue(): Promise<void>;
  /** A request failed: nothing is read before the stream was looked at. */
  doubt(): void;
  /** A shard has ended: what comes after it is looked for at once. */
  expectShards(): void;
  /** Every shard that is not worked to its end, for the status: of a stream in doubt, too. */
  readonly known: StreamShards | undefined;
}

/** What {@link createStreamWatch} takes. */
export interface StreamWatchOptions {
  readonly tableName: string;
  readonly consumers: readonly StreamConsumer[];
  readonly keeper: LeaseKeeper;
  readonly refreshMs: number;
}

/** How often to look for the successor of a shard that has ended. */
const looseEndMs = 1_000;

/** Makes the watch of one table. Sends nothing yet. */
export function createStreamWatch(context: ReaderContext, options: StreamWatchOptions): StreamWatch {
  const { client, clock, onProblem } = context;
  const { tableName, consumers, keeper, refreshMs } = options;
  const backoff = createBackoff(context);
  let state: ReaderState = { kind: 'starting' };
  let shards: StreamShards | undefined;
  let isEnabled = false;
  let isInDoubt = false;
  let lastLabel: string | undefined;
  let hasLooked = false;
  let refreshed: Span | undefined;
  const nowMs = () => clock.now().getTime();

  async function refresh(): Promise<void> {
    const stream = await findStream(client, tableName);
    const contents = stream && (await describeStream(client, stream));

    const firstLook = new Set(hasLooked ? [] : contents?.shards.keys());
    hasLooked = true;
    isEnabled = contents?.isEnabled ?? false;
    if (stream && contents && stream.label === shards?.stream.label) {
      shards.update(contents.shards);
      return;
    }

    keeper.forget();
    shards = undefined;
    if (!stream || !contents) return;
    const isReplacement = lastLabel !== undefined && lastLabel !== stream.label;
    const start = { stream, shards: contents.shards, firstLook, isReplacement };

    shards = createStreamShards(context, { ...start, consumers, keeper });
    lastLabel = stream.label;
  }

  function stateNow(): ReaderState {
    const isOpen = shards !== undefined && (isEnabled || shards.unfinished().length > 0);

    return shards && isOpen ? { kind: 'reading', streamLabel: shards.stream.label } : { kind: 'no-stream' };
  }

  return {
    get state() {
      return state;
    },
    get shards() {
      return isInDoubt ? undefined : shards;
    },
    get known() {
      return shards;
    },
    refreshIfDue: async () => {
      if (!(isInDoubt || isOver(refreshed, nowMs())) || !backoff.isOver()) return;

      try {
        await refresh();
        const isLoose = isEnabled && shards?.hasLooseEnd() === true;
        refreshed = { since: nowMs(), ms: isLoose ? Math.min(refreshMs, looseEndMs) : refreshMs };
        isInDoubt = false;
        state = stateNow();
        backoff.succeed();
      } catch (error) {
        state = { kind: 'unreachable', error };
        onProblem({ kind: 'stream', error, attempt: backoff.fail() });
      }
    },
    doubt: () => {
      isInDoubt = true;
    },
    expectShards: () => {
      refreshed = undefined;
    },
  };
}
