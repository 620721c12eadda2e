import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { Clock, IdSource, RetryPolicy, Sleep, TableShape } from '@cnop/utils';
import { httpUrlSetting, wholeNumberSetting } from '@cnop/validation';
import * as z from 'zod';
import { refuseSharedTables, regionSetting, tableNameSetting } from './table-settings.ts';

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
  /** Keys, or a provider of keys, which is asked with `{ forceRefresh: true }` after an answer that they have expired. Default: the AWS SDK's own chain. */
  readonly credentials?: DynamoDBClientConfig['credentials'];
  /** Physical table names by the logical name of their shape: `{ users: 'prod-users', … }`. */
  readonly tables: Readonly<Record<string, string>>;
  readonly timeouts?: Partial<DatabaseTimeouts>;
  /** How writes are retried. Default: 10 attempts, full jitter over 20 ms doubling up to 1 s. */
  readonly retry?: Partial<RetryPolicy>;
  /**
   * Tokens that the retries of all writes share, full at first: a retry takes 5, after a conflict none; a write that is carried out or
   * refused by a condition gives back what its last attempt took, or 1. When there are too few, a write is not retried. Default 500;
   * `Infinity` for no bound.
   */
  readonly retryTokens?: number;
  /**
   * How far our clock may be off that of the database, in milliseconds, by the `Date` of its answers; beyond that no write is sent.
   * Default 5000, or `Infinity` where a `clock` is given.
   */
  readonly maxClockErrorMs?: number;
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

const millisecondsSetting = wholeNumberSetting(600_000);

const connectionSettings = z
  .object({
    AWS_REGION: regionSetting,
    DYNAMODB_ENDPOINT: httpUrlSetting().optional(),
    CNOP_DYNAMODB_CONNECT_TIMEOUT_MS: millisecondsSetting.optional(),
    CNOP_DYNAMODB_REQUEST_TIMEOUT_MS: millisecondsSetting.optional(),
    CNOP_DYNAMODB_MAX_ATTEMPTS: wholeNumberSetting(100).optional(),
  })
  .transform((settings) => ({
    region: settings.AWS_REGION,
    endpoint: settings.DYNAMODB_ENDPOINT,
    timeouts: {
      connectMs: settings.CNOP_DYNAMODB_CONNECT_TIMEOUT_MS,
      requestMs: settings.CNOP_DYNAMODB_REQUEST_TIMEOUT_MS,
    },
    retry: { maxAttempts: settings.CNOP_DYNAMODB_MAX_ATTEMPTS },
  }));

/**
 * The settings of a database with these tables, for `readEnvironment` of `@cnop/validation`: `AWS_REGION`, the physical name of each
 * table as `CNOP_TABLE_<NAME>` (that of `price-ticks` as `CNOP_TABLE_PRICE_TICKS`), and optionally `DYNAMODB_ENDPOINT`,
 * `CNOP_DYNAMODB_CONNECT_TIMEOUT_MS`, `CNOP_DYNAMODB_REQUEST_TIMEOUT_MS` and `CNOP_DYNAMODB_MAX_ATTEMPTS`. Credentials stay with the
 * AWS SDK's own chain.
 *
 * @example
 * const database = createDatabase(readEnvironment(databaseSettings([usersTableShape, ordersTableShape]), process.env));
 */
export function databaseSettings(shapes: readonly TableShape[]): z.ZodType<DatabaseOptions> {
  const variables = shapes.map(({ name }) => ({ name, variable: tableVariable(name) }));
  const tableSettings = z
    .object(Object.fromEntries(variables.map(({ variable }) => [variable, tableNameSetting])))
    .check(refuseSharedTables((variable) => variable))
    .transform((settings) => ({
      tables: Object.fromEntries(variables.map(({ name, variable }) => [name, settings[variable] ?? ''])),
    }));

  return connectionSettings.and(tableSettings);
}

/** `price-ticks` becomes `CNOP_TABLE_PRICE_TICKS`. */
const tableVariable = (name: string): string => `CNOP_TABLE_${name.replaceAll(/[^A-Za-z0-9]+/g, '_').toUpperCase()}`;
