import { createDatabase, type Database, type DatabaseOptions } from '@cnop/database-core';
import {
  createCheckpointStore,
  createLeaseStore,
  createStreamReader,
  createStreamsClient,
  type StreamConsumer,
  type StreamProblem,
  type StreamReaderOptions,
} from '@cnop/stream-records';
import { createManualClock } from '@cnop/utils';
import { createTestConsumer } from './test-reader.ts';

/** A consumer whose checkpoints lie in the table `work`. */
export function createStoredConsumer(database: Database, name: string) {
  const consumer = createTestConsumer(name);
  const checkpoints = createCheckpointStore({
    database,
    tableName: database.tableName('work'),
    partition: `CHECKPOINT#${name}`,
  });

  return { ...consumer, checkpoints };
}

/** A reader of the table `things` whose leases lie in the table `work`; a test steps it. */
export function openReader(
  database: Database,
  consumers: readonly StreamConsumer[],
  options: Partial<StreamReaderOptions> = {},
) {
  const problems: StreamProblem[] = [];
  const clock = createManualClock('2030-01-01T00:00:00Z');
  const reader = createStreamReader({
    client: createStreamsClient(database),
    tableName: database.tableName('things'),
    leaseStore: createLeaseStore({ database, tableName: database.tableName('work'), partition: 'WORKER#LEASE' }),
    consumers,
    clock,
    sleep: () => new Promise(() => undefined),
    onProblem: (problem) => problems.push(problem),
    ...options,
  });

  return {
    ...reader,
    clock,
    problems,
    /** Polls, a second each, until nothing more comes. */
    drain: async (quietPolls = 3) => {
      for (let quiet = 0; quiet < quietPolls;) {
        clock.advance(1_000);
        quiet = (await reader.poll()) === 0 ? quiet + 1 : 0;
      }
    },
    pollOnce: async (seconds = 1) => {
      clock.advance(seconds * 1_000);
      return await reader.poll();
    },
  };
}

/** A database of both tables at a place. */
export const openDatabase = (options: Omit<DatabaseOptions, 'tables'> & Partial<DatabaseOptions>): Database =>
  createDatabase({ tables: { things: 'things', work: 'work' }, sleep: async () => undefined, ...options });
