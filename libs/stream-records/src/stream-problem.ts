import type { Clock, RetryPolicy } from '@cnop/utils';
import type { StreamsClient } from './streams-client.ts';

/** What went wrong and is tried again. */
export interface StreamProblem {
  /**
   * - `stream`: a request that finds the stream and its shards.
   * - `lease`: a request about leases or checkpoints.
   * - `read`: a request for records; throttled or not reachable.
   * - `consumer`: a consumer threw, or its checkpoint could not be saved.
   */
  readonly kind: 'stream' | 'lease' | 'read' | 'consumer';
  readonly error: unknown;
  /** Of `read` and `consumer`. */
  readonly shardId?: string;
  /** Of `consumer`: its name. */
  readonly consumer?: string;
  /** The attempts that have failed in a row. */
  readonly attempt: number;
}

/** What all parts of a reader share. */
export interface ReaderContext {
  readonly client: StreamsClient;
  readonly clock: Clock;
  readonly random: () => number;
  readonly retry: Pick<RetryPolicy, 'baseDelayMs' | 'maxDelayMs'>;
  readonly onProblem: (problem: StreamProblem) => void;
}
