import { exactNumber } from '@cnop/stored-items';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, type TranslateConfig } from '@aws-sdk/lib-dynamodb';
import { sharedErrors } from '@cnop/exceptions';
import {
  type Clock,
  createIds,
  fullJitterDelay,
  type IdSource,
  type RetryPolicy,
  sleep,
  type Sleep,
  systemClock,
} from '@cnop/utils';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { checkOptions } from './check-options.ts';
import { type ClockWatch, watchClock } from './clock-watch.ts';
import type { DatabaseOptions, DatabaseTimeouts, SingleWrites } from './database-settings.ts';
import type { DatabaseObserver } from './database-observer.ts';
import { createRetryBudget, type RetryBudget } from './retry-budget.ts';
import { rememberFailedRequests } from './failed-requests.ts';
import { renewExpiredKeys } from './renew-expired-keys.ts';
import { refuseLateSending } from './send-deadline.ts';

/**
 * What `prepare` makes for a database, made at the first call and kept on the database: compiled requests, declarations of a table.
 * Every call with the same function gives the same result.
 *
 * @example
 * const openThings = (database: Database) => preparedOnce(database, declareThings);
 */
export function preparedOnce<TResult>(database: Database, prepare: (database: Database) => TResult): TResult {
  const { prepared } = database;
  if (!prepared.has(prepare)) prepared.set(prepare, prepare(database));

  return prepared.get(prepare) as TResult;
}

/** One DynamoDB with the tables of the product, and the sources of time, ids and chance that everything over it shares. */
export interface Database {
  /** For reads: the SDK retries throttles, 5xx and network faults, with a delay pinned here. */
  readonly reader: DynamoDBDocumentClient;
  /** For writes: the SDK does not retry; {@link executeWrite} does, knowing what a repeat means. */
  readonly writer: DynamoDBDocumentClient;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly retry: RetryPolicy;
  /** What the retries of all writes may cost together. */
  readonly retryBudget: RetryBudget;
  /** How far our clock is off that of the database. */
  readonly clockWatch: ClockWatch;
  /** How a write of a single item is sent. */
  readonly singleWrites: SingleWrites;
  readonly random: () => number;
  readonly sleep: Sleep;
  /** Who is told of requests and retries; {@link observeDatabase} adds and removes them. */
  readonly observers: Set<DatabaseObserver>;
  /** What was made for this database once, by the function that made it; {@link preparedOnce} fills it. */
  readonly prepared: Map<unknown, unknown>;
  /** Whether a table with this logical name was given. */
  hasTable(logicalName: string): boolean;
  /** The physical name of the table with this logical name. @throws {@link sharedErrors.ConfigurationError} when it was not given. */
  tableName(logicalName: string): string;
  /** Closes the connections. A read or write that begins later is refused with DATABASE_UNAVAILABLE; nothing of it is sent. */
  close(): void;
}

const defaultTimeouts: DatabaseTimeouts = { connectMs: 1_000, requestMs: 3_000 };
const defaultRetry: RetryPolicy = { maxAttempts: 10, baseDelayMs: 20, maxDelayMs: 1_000 };
const readAttempts = 4;
const defaultRetryTokens = 500;
const defaultMaxClockErrorMs = 5_000;

const translation: TranslateConfig = {
  marshallOptions: { removeUndefinedValues: true },
  unmarshallOptions: { wrapNumbers: exactNumber },
};

/**
 * Opens a database: two document clients over one pool of kept-alive connections, with the same credentials. Sends nothing.
 *
 * Keys that DynamoDB calls expired are dropped and asked for anew, once for all requests that were signed with them, and these are sent
 * again. A provider with a cache of its own is asked with `{ forceRefresh: true }`.
 *
 * @throws {@link sharedErrors.ConfigurationError} naming every option that is missing, wrong or not known.
 * @example
 * const database = createDatabase({ region: 'eu-west-1', tables: { users: 'users', orders: 'orders', inventory: 'inventory' } });
 */
export function createDatabase(options: DatabaseOptions): Database {
  checkOptions(options);
  const retry = { ...defaultRetry, ...defined(options.retry) };
  const random = options.random ?? Math.random;

  const shared: DynamoDBClientConfig = {
    region: options.region,
    endpoint: options.endpoint,
    credentials: options.credentials,
    requestHandler: options.requestHandler ?? httpHandlerOptions(options),
  };
  const readClient = new DynamoDBClient({
    ...shared,
    retryStrategy: new ConfiguredRetryStrategy(readAttempts, (attempt: number) =>
      fullJitterDelay(attempt, retry, random),
    ),
  });
  const writeClient = new DynamoDBClient({
    ...shared,
    credentials: readClient.config.credentials,
    requestHandler: readClient.config.requestHandler,
    maxAttempts: 1,
    retryMode: 'standard',
  });
  for (const client of [readClient, writeClient]) {
    // It copies every request and answer for a logger, and there is none.
    client.middlewareStack.remove('loggerMiddleware');
    rememberFailedRequests(client);
  }
  renewExpiredKeys(readClient, writeClient);
  const close = closeOnce([readClient, writeClient]);
  const tables = new Map(Object.entries(options.tables));
  const clock = options.clock ?? systemClock;
  refuseLateSending(writeClient, clock);
  const maxClockErrorMs = options.maxClockErrorMs ?? (options.clock ? Infinity : defaultMaxClockErrorMs);

  return {
    reader: DynamoDBDocumentClient.from(readClient, translation),
    writer: DynamoDBDocumentClient.from(writeClient, translation),
    clock,
    ids: options.ids ?? createIds({ clock }),
    retry,
    retryBudget: createRetryBudget(options.retryTokens ?? defaultRetryTokens),
    clockWatch: watchClock([readClient, writeClient], { clock, maxClockErrorMs }),
    singleWrites: options.singleWrites ?? 'plain',
    random,
    sleep: options.sleep ?? sleep,
    observers: new Set(),
    prepared: new Map(),
    hasTable: (logicalName) => tables.has(logicalName),
    tableName: (logicalName) => {
      const name = tables.get(logicalName);
      if (name === undefined)
        throw new sharedErrors.ConfigurationError({
          settings: [{ setting: `tables.${logicalName}`, rule: 'is required' }],
        });
      return name;
    },
    close,
  };
}

/** Ends the connections of clients, and makes every later call of theirs a certain failure: nothing of it is sent. */
function closeOnce(clients: readonly DynamoDBClient[]): () => void {
  let isClosed = false;

  for (const { middlewareStack } of clients) {
    middlewareStack.add(
      (next) => (args) => {
        if (isClosed) throw new sharedErrors.DatabaseUnavailableError({}, { cause: new Error('It was closed.') });
        return next(args);
      },
      { name: 'cnopRefuseWhenClosed', step: 'initialize' },
    );
  }
  return () => {
    isClosed = true;
    for (const client of clients) client.destroy();
  };
}

function httpHandlerOptions({ timeouts, maxSockets = 128 }: DatabaseOptions): DynamoDBClientConfig['requestHandler'] {
  const { connectMs, requestMs } = { ...defaultTimeouts, ...defined(timeouts) };
  const agent = { keepAlive: true, maxSockets };

  return {
    connectionTimeout: connectMs,
    requestTimeout: requestMs,
    // That one ends with the head of the answer; this one ends an answer whose body stalls.
    socketTimeout: requestMs,
    throwOnRequestTimeout: true,
    httpAgent: agent,
    httpsAgent: agent,
  };
}

/** Without the entries that are undefined, so that a default is not overwritten by an absent setting. */
function defined<TValue extends object>(value: TValue | undefined): Partial<TValue> {
  return Object.fromEntries(Object.entries(value ?? {}).filter(([, entry]) => entry !== undefined)) as Partial<TValue>;
}
