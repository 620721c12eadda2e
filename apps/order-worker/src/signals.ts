import type { Database } from '@cnop/database-core';
import { STREAM_LEASE_KEY } from '@cnop/entities-order/table';
import {
  createLeaseStore,
  createStreamReader,
  createStreamsClient,
  type CheckpointStore,
  type StreamProblem,
  type StreamReader,
  type StreamReaderOptions,
} from '@cnop/stream-records';
import { findPriceSignal, type PriceSignal } from './price-signal.ts';

/** What {@link createSignals} takes. */
export interface SignalsOptions extends Partial<Pick<StreamReaderOptions, 'client' | 'clock' | 'ids' | 'sleep'>> {
  readonly database: Database;
  readonly owner: string;
  readonly onSignal: (signal: PriceSignal) => void;
  /** Signals were lost. */
  readonly onGap: () => void;
  readonly onProblem?: (problem: StreamProblem) => void;
}

const DAY_MS = 24 * 3_600_000;

/**
 * Makes a reader of the stream of the inventory table. The workers share its shards by leases in the orders table. It begins with what
 * is written from now on: whoever misses a signal finds the price by polling.
 */
export function createSignals({ database, onSignal, onGap, onProblem, ...options }: SignalsOptions): StreamReader {
  const leases = createLeaseStore({
    database,
    tableName: database.tableName('orders'),
    partition: STREAM_LEASE_KEY,
    timeToLive: { attribute: 'ttl', ms: DAY_MS },
  });

  return createStreamReader({
    ...{ client: createStreamsClient(database), clock: database.clock, ids: database.ids, ...options },
    tableName: database.tableName('inventory'),
    // Nothing is ever deleted from the table of orders: the others take over when a lease is old, and it expires.
    leaseStore: { ...leases, remove: () => Promise.resolve() },
    ...(onProblem && { onProblem }),
    consumers: [
      {
        name: 'order-worker',
        startAt: 'LATEST',
        checkpoints: memoryCheckpoints(),
        onRecords: (records) => {
          for (const record of records) {
            const signal = findPriceSignal(record);
            if (signal) onSignal(signal);
          }
          return Promise.resolve();
        },
        onGap: () => {
          onGap();
          return Promise.resolve();
        },
      },
    ],
  });
}

/** A process that starts anew needs no signals of before: it polls. */
function memoryCheckpoints(): CheckpointStore {
  const positions = new Map<string, string>();

  return {
    load: (shardKey) => Promise.resolve(positions.get(shardKey)),
    save: (shardKey, position) => {
      positions.set(shardKey, position);
      return Promise.resolve();
    },
  };
}
