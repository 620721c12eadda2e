import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { Clock, IdSource, RetryPolicy, Sleep } from '@cnop/utils';

/** How long a request may take, in milliseconds. */
export interface DatabaseTimeouts {
  /** To open a connection. Default 1000. */
  readonly connectMs: number;
  /** From sending a request to its whole answer. Default 3000. */
  readonly requestMs: number;
}

/** How a write of a single item is sent. */
export type SingleWrites = 'plain' | 'transaction';

/** What a database is made of. Nothing is read from the environment and nothing is sent before the first call. */
export interface DatabaseOptions {
  readonly region: string;
  /** The address of a DynamoDB that is not AWS's own, such as `http://127.0.0.1:8000`. */
  readonly endpoint?: string;
  /** Default: the AWS SDK's own chain. */
  readonly credentials?: DynamoDBClientConfig['credentials'];
  /** Physical table names by the logical name of their shape: `{ users: 'prod-users', … }`. */
  readonly tables: Readonly<Record<string, string>>;
  readonly timeouts?: Partial<DatabaseTimeouts>;
  /** How writes are retried. Default: 10 attempts, full jitter over 20 ms doubling up to 1 s. */
  readonly retry?: Partial<RetryPolicy>;
  /**
   * How a write of a single item is sent: as it is, or as a TransactWriteItems of one, which costs twice as much and lets a policy
   * permit writes inside of transactions only. Default `plain`.
   */
  readonly singleWrites?: SingleWrites;
  /** Open connections at most; they are kept alive. Default 128. */
  readonly maxSockets?: number;
  /** In place of the SDK's HTTP handler, which then also owns the time-outs and connections. */
  readonly requestHandler?: DynamoDBClientConfig['requestHandler'];
  readonly clock?: Clock;
  readonly ids?: IdSource;
  /** A number in [0, 1), for jitter. Default `Math.random`. */
  readonly random?: () => number;
  readonly sleep?: Sleep;
}
