import { createDatabase, type Database, type DatabaseOptions } from '@cnop/database-core';
import { createIds, fullJitterDelay, type RetryPolicy } from '@cnop/utils';
import type { RandomSource } from '../random-source.ts';
import type { ClientProcess } from './client-process.ts';
import type { RequestHandler } from './http.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What a process opens its database with. */
export interface ProcessDatabaseOptions {
  readonly process: ClientProcess;
  readonly time: VirtualTime;
  readonly requestHandler: RequestHandler;
  readonly random: RandomSource;
  readonly maxAttempts: number;
  readonly tables: DatabaseOptions['tables'];
}

/** The database of one process: its time, its chance and its network are those of the simulation. */
export function openProcessDatabase(options: ProcessDatabaseOptions): Database {
  const { process, time, requestHandler, random, maxAttempts, tables } = options;
  const clock = { now: () => new Date(time.now()) };
  const database = createDatabase({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'nobody', secretAccessKey: 'nothing' },
    tables,
    requestHandler,
    clock,
    ids: createIds({ clock, random: (count) => random.bytes(count) }),
    random: () => random.fraction(),
    sleep: (ms) => process.sleep(ms),
    retry: { maxAttempts },
  });
  retryReadsInVirtualTime(database, (ms) => process.sleep(ms));
  return database;
}

type RetryStrategy = Awaited<ReturnType<Database['reader']['config']['retryStrategy']>>;
type StrategyV2 = Extract<RetryStrategy, { acquireInitialRetryToken: unknown }>;

const readAttempts = 4;

/** The SDK's own strategy waits by the machine's timers; this one does the same in the time of the simulation. */
function retryReadsInVirtualTime({ reader, retry, random }: Database, sleep: (ms: number) => Promise<void>): void {
  reader.config.retryStrategy = () => Promise.resolve(retryStrategy({ retry, random, sleep }));
}

interface RetryOptions {
  readonly retry: RetryPolicy;
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

function retryStrategy({ retry, random, sleep }: RetryOptions): StrategyV2 {
  const tokenOf = (count: number) => ({ getRetryCount: () => count, getRetryDelay: () => 0, getRetryCost: () => 0 });

  return {
    acquireInitialRetryToken: () => Promise.resolve(tokenOf(0)),
    refreshRetryTokenForRetry: async (token, { errorType }) => {
      const failures = token.getRetryCount() + 1;
      const isTransient = errorType === 'THROTTLING' || errorType === 'TRANSIENT';
      if (!isTransient || failures >= readAttempts) throw new Error('No retry token available');
      await sleep(fullJitterDelay(failures, retry, random));
      return tokenOf(failures);
    },
    recordSuccess: () => undefined,
  };
}
