import type { DatabaseObserver } from '@cnop/database-core';
import { isDomainError } from '@cnop/exceptions';
import { collectDefaultMetrics, Counter, Histogram, Registry } from '@prometheus-io/client';
import { databaseMetrics } from './database-metrics.ts';

/** What {@link createMetrics} takes. */
export interface MetricsOptions {
  /** Before each name of ours. Default `cnop_`. */
  readonly prefix?: string;
  /** Whether to tell of the process too: memory, CPU, event loop. Default true. */
  readonly processMetrics?: boolean;
}

/** One request that was answered. */
export interface MeasuredRequest {
  readonly method: string;
  /** The pattern of its route; `undefined` where none matched. */
  readonly route: string | undefined;
  readonly status: number;
  readonly durationMs: number;
}

/** The counters and histograms of one process, in a registry of their own. */
export interface Metrics {
  /** For metrics of the service's own. */
  readonly registry: Registry;
  /** Counts requests, retries and conflicts of a database: give it to `observeDatabase`. */
  readonly databaseObserver: DatabaseObserver;
  countRequest(request: MeasuredRequest): void;
  /**
   * Places an order and counts it: by its type and by what became of it, `placed`, `replayed` or the code of the error.
   *
   * @param orderType - one of a closed set; each is a time series of its own.
   */
  timeOrder<TResult extends { readonly replayed: boolean }>(
    orderType: string,
    place: () => Promise<TResult>,
  ): Promise<TResult>;
}

/** From 1 ms to 30 s, the longest that a handler may take. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * Makes the metrics of a process, in the format of Prometheus.
 *
 * `http_requests_total` and `http_request_duration_seconds` by method, route and status; `dynamodb_requests_total` by operation and
 * outcome, `dynamodb_request_duration_seconds`, `dynamodb_retries_total` and `dynamodb_conflicts_total` by operation; `orders_total` and
 * `order_duration_seconds` by type and outcome.
 */
export function createMetrics({ prefix = 'cnop_', processMetrics = true }: MetricsOptions = {}): Metrics {
  const registry = new Registry();
  const shared = { registers: [registry] };
  const request = { labelNames: ['method', 'route', 'status'], ...shared };
  const order = { labelNames: ['type', 'outcome'], ...shared };
  const requests = new Counter({ name: `${prefix}http_requests_total`, help: 'Requests answered.', ...request });
  const requestTimes = new Histogram({
    name: `${prefix}http_request_duration_seconds`,
    help: 'Time from a request to its answer.',
    buckets,
    ...request,
  });
  const orders = new Counter({ name: `${prefix}orders_total`, help: 'Orders asked for.', ...order });
  const orderTimes = new Histogram({
    name: `${prefix}order_duration_seconds`,
    help: 'Time from an order to its outcome.',
    buckets,
    ...order,
  });

  if (processMetrics) collectDefaultMetrics({ register: registry });
  return {
    registry,
    databaseObserver: databaseMetrics({ registry, prefix, buckets }),
    countRequest: ({ method, route = 'none', status, durationMs }) => {
      requests.inc({ method, route, status });
      requestTimes.observe({ method, route, status }, durationMs / 1000);
    },
    timeOrder: async (type, place) => {
      const startedAt = performance.now();
      const count = (outcome: string) => {
        orders.inc({ type, outcome });
        orderTimes.observe({ type, outcome }, (performance.now() - startedAt) / 1000);
      };

      try {
        const result = await place();
        count(result.replayed ? 'replayed' : 'placed');
        return result;
      } catch (error) {
        count(isDomainError(error) ? error.code : 'INTERNAL_ERROR');
        throw error;
      }
    },
  };
}
