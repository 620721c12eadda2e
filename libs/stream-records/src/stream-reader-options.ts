import { sharedErrors } from '@cnop/exceptions';
import {
  type Clock,
  createIds,
  type IdSource,
  type RetryPolicy,
  type Sleep,
  sleep as sleepByTimer,
  systemClock,
} from '@cnop/utils';
import type { LeaseStore } from './lease-store.ts';
import type { StreamConsumer } from './stream-consumer.ts';
import type { StreamProblem } from './stream-problem.ts';
import type { StreamsClient } from './streams-client.ts';

/** What {@link createStreamReader} takes. */
export interface StreamReaderOptions {
  /** See {@link createStreamsClient}. */
  readonly client: StreamsClient;
  /** The physical name of the table whose changes are read. */
  readonly tableName: string;
  /** Shared by all processes that read the table for the same consumers, and by no others. */
  readonly leaseStore: LeaseStore;
  /** At least one. */
  readonly consumers: readonly StreamConsumer[];
  readonly clock?: Clock;
  readonly ids?: IdSource;
  readonly random?: () => number;
  readonly sleep?: Sleep;
  /** Names this process; no two have the same. Default: a new ULID. */
  readonly owner?: string;
  /** How long to wait after a poll that found nothing, and for consumers at the end of each poll. Default: 250 ms. */
  readonly pollMs?: number;
  /** After how long without a renewal another process takes a shard. Default: 10,000 ms. */
  readonly leaseMs?: number;
  /** How often to look for new shards and streams. Default: 30,000 ms; after the end of a shard at once. */
  readonly refreshMs?: number;
  /** The waits after failures, of requests and of consumers. Default: up to 100 ms, doubled with each in a row, up to 10,000 ms. */
  readonly retry?: Pick<RetryPolicy, 'baseDelayMs' | 'maxDelayMs'>;
  /** Learns of every failure; each is tried again. What it throws is ignored. */
  readonly onProblem?: (problem: StreamProblem) => void;
}

/**
 * The options with their defaults.
 *
 * @throws {@link sharedErrors.ConfigurationError} when one is wrong.
 */
export function completeOptions(options: StreamReaderOptions): Required<StreamReaderOptions> {
  const { clock = systemClock } = options;
  const { ids = createIds({ clock }) } = options;
  const complete = {
    ...options,
    clock,
    ids,
    random: options.random ?? Math.random,
    sleep: options.sleep ?? sleepByTimer,
    owner: options.owner ?? ids.ulid(),
    pollMs: options.pollMs ?? 250,
    leaseMs: options.leaseMs ?? 10_000,
    refreshMs: options.refreshMs ?? 30_000,
    retry: options.retry ?? { baseDelayMs: 100, maxDelayMs: 10_000 },
    onProblem: quietly(options.onProblem),
  };

  assertOptions(complete);
  return complete;
}

/** What only listens must not end what it listens to. */
function quietly(onProblem: StreamReaderOptions['onProblem']): (problem: StreamProblem) => void {
  return (problem) => {
    try {
      onProblem?.(problem);
    } catch {
      // There is nobody left to tell.
    }
  };
}

function assertOptions({ tableName, owner, consumers, ...times }: Required<StreamReaderOptions>): void {
  const names = consumers.map(({ name }) => name);
  const rules: (readonly [setting: string, isMet: boolean, rule: string])[] = [
    ['tableName', tableName !== '', 'is required'],
    ['owner', owner !== '', 'must not be empty'],
    ['consumers', names.length > 0, 'must be at least one'],
    ['consumers', names.every(Boolean) && new Set(names).size === names.length, 'must have names, each another one'],
    ['pollMs', times.pollMs > 0, 'must be above 0'],
    ['leaseMs', times.leaseMs >= 1_000, 'must be at least 1,000'],
    ['refreshMs', times.refreshMs > 0, 'must be above 0'],
  ];
  const settings = rules.filter(([, isMet]) => !isMet).map(([setting, , rule]) => ({ setting, rule }));

  if (settings.length > 0) throw new sharedErrors.ConfigurationError({ settings });
}
