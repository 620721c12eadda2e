import type { DatabaseObserver } from '@cnop/database-core';
import { Counter, Histogram, type Registry } from '@prometheus-io/client';

/** Where the metrics of a database are kept. */
export interface DatabaseMetricsOptions {
  readonly registry: Registry;
  readonly prefix: string;
  /** The upper bounds of the histogram, in seconds. */
  readonly buckets: number[];
}

/** Counts the requests, retries and conflicts of a database. */
export function databaseMetrics({ registry, prefix, buckets }: DatabaseMetricsOptions): DatabaseObserver {
  const registers = [registry];
  const requests = new Counter({
    name: `${prefix}dynamodb_requests_total`,
    help: 'Requests to DynamoDB; every attempt is one.',
    labelNames: ['operation', 'outcome'],
    registers,
  });
  const times = new Histogram({
    name: `${prefix}dynamodb_request_duration_seconds`,
    help: 'Time from a request to the answer of DynamoDB.',
    labelNames: ['operation'],
    buckets,
    registers,
  });
  const retries = new Counter({
    name: `${prefix}dynamodb_retries_total`,
    help: 'Requests sent again, by what became of the attempt before.',
    labelNames: ['operation', 'reason'],
    registers,
  });
  const conflicts = new Counter({
    name: `${prefix}dynamodb_conflicts_total`,
    help: 'Requests that met another write to the same item.',
    labelNames: ['operation'],
    registers,
  });

  return {
    onRequest:
      ({ operation }) =>
      ({ outcome, durationMs }) => {
        requests.inc({ operation, outcome });
        times.observe({ operation }, durationMs / 1000);
        if (outcome === 'conflict') conflicts.inc({ operation });
      },
    onRetry: ({ operation, reason }) => {
      retries.inc({ operation, reason });
    },
  };
}
