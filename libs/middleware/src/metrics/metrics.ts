import type { DatabaseObserver } from '@cnop/database-core';
import { isDomainError } from '@cnop/exceptions';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from '@prometheus-io/client';
import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import type { AccessRule } from '../access/access-rules.ts';
import { answeredUnderPressure } from '../limits/load-shedding.ts';
import { noQuery } from '../open-api/input-schemas.ts';
import { whenAnswered } from '../scope/request-scope.ts';

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
  /** Makes the counter and the histogram of one kind of action that the service knows. Once for each kind. */
  actionTimer<TLabel extends string>(options: ActionTimerOptions<TLabel>): ActionTimer<TLabel>;
}

/** What {@link Metrics.actionTimer} takes. */
export interface ActionTimerOptions<TLabel extends string> {
  /** The name of the counter, without the prefix: `orders_total`. */
  readonly counter: string;
  /** The name of the histogram, without the prefix: `order_duration_seconds`. */
  readonly histogram: string;
  /** What is counted, for the help of both: `Orders placed`. */
  readonly help: string;
  /** What tells actions of this kind apart, besides `outcome`. Each combination of values is a time series: let them be of closed sets. */
  readonly labels: readonly TLabel[];
}

/**
 * Carries out an action, and counts it by its labels and its outcome: what `outcomeOf` says of the result, or the code of the error.
 */
export type ActionTimer<TLabel extends string> = <TResult>(
  labels: Readonly<Record<TLabel, string>>,
  action: () => Promise<TResult>,
  outcomeOf: (result: TResult) => string,
) => Promise<TResult>;

/** From 1 ms to 30 s, the longest that a handler may take. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * Makes the metrics of a process, in the format of Prometheus.
 *
 * `http_requests_total` and `http_request_duration_seconds` by method, route and status; `dynamodb_requests_total` by operation and
 * outcome, `dynamodb_request_duration_seconds`, `dynamodb_retries_total` and `dynamodb_conflicts_total` by operation; `clock_offset_ms`;
 * and what the service times by {@link Metrics.actionTimer}.
 */
export function createMetrics({ prefix = 'cnop_', processMetrics = true }: MetricsOptions = {}): Metrics {
  const registry = new Registry();
  const shared = { registers: [registry] };
  const request = { labelNames: ['method', 'route', 'status'], ...shared };
  const requests = new Counter({ name: `${prefix}http_requests_total`, help: 'Requests answered.', ...request });
  const requestTimes = new Histogram({
    name: `${prefix}http_request_duration_seconds`,
    help: 'Time from a request to its answer.',
    buckets,
    ...request,
  });

  if (processMetrics) collectDefaultMetrics({ register: registry });
  return {
    registry,
    databaseObserver: databaseMetrics({ registry, prefix, buckets }),
    countRequest: ({ method, route = 'none', status, durationMs }) => {
      requests.inc({ method, route, status });
      requestTimes.observe({ method, route, status }, durationMs / 1000);
    },
    actionTimer: (options) => actionTimer(registry, prefix, options),
  };
}

function actionTimer<TLabel extends string>(
  registry: Registry,
  prefix: string,
  { counter, histogram, help, labels: names }: ActionTimerOptions<TLabel>,
): ActionTimer<TLabel> {
  const shared = { labelNames: [...names, 'outcome'], registers: [registry] };
  const total = new Counter({ name: prefix + counter, help: `${help}.`, ...shared });
  const times = new Histogram({ name: prefix + histogram, help: `${help}: time to the outcome.`, buckets, ...shared });

  return async (labels, action, outcomeOf) => {
    const startedAt = performance.now();
    const count = (outcome: string) => {
      total.inc({ ...labels, outcome });
      times.observe({ ...labels, outcome }, (performance.now() - startedAt) / 1000);
    };

    try {
      const result = await action();
      count(outcomeOf(result));
      return result;
    } catch (error) {
      count(isDomainError(error) ? error.code : 'INTERNAL_ERROR');
      throw error;
    }
  };
}

/** What the plugin `requestMetrics` takes. */
export interface RequestMetricsOptions {
  readonly metrics: Metrics;
  /** Who may read the metrics. Default `public`: keep the path from strangers at the proxy, or name a role. */
  readonly access?: AccessRule;
}

/** A plugin that counts every request and answers `GET /metrics` with all metrics, in the text format of Prometheus. Needs `zodSchemas`. */
export const requestMetrics = fastifyPlugin<RequestMetricsOptions>(
  (service: FastifyInstance, { metrics, access = 'public' }, done) => {
    whenAnswered(service, ({ request: { method }, route, status, durationMs }) => {
      metrics.countRequest({ method, route, status, durationMs });
    });
    service.get(
      '/metrics',
      {
        config: { access, limits: false, ...answeredUnderPressure },
        logLevel: 'warn',
        schema: { hide: true, querystring: noQuery },
      },
      async (_request, reply) => {
        reply.type(metrics.registry.contentType);
        return await metrics.registry.metrics();
      },
    );
    done();
  },
  { name: '@cnop/request-metrics', fastify: '5.x', dependencies: ['@cnop/zod-schemas'] },
);

/** Where the metrics of a database are kept. */
export interface DatabaseMetricsOptions {
  readonly registry: Registry;
  readonly prefix: string;
  /** The upper bounds of the histogram, in seconds. */
  readonly buckets: number[];
}

/** Counts the requests, retries and conflicts of a database. */
function databaseMetrics({ registry, prefix, buckets }: DatabaseMetricsOptions): DatabaseObserver {
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

  const clockOffset = new Gauge({
    name: `${prefix}clock_offset_ms`,
    help: 'How far the clock of DynamoDB is ahead of ours, in milliseconds.',
    registers,
  });

  return {
    onRequest:
      ({ operation }) =>
      ({ outcome, durationMs, clockOffsetMs }) => {
        if (clockOffsetMs !== undefined) clockOffset.set(clockOffsetMs);
        requests.inc({ operation, outcome });
        times.observe({ operation }, durationMs / 1000);
        if (outcome === 'conflict') conflicts.inc({ operation });
      },
    onRetry: ({ operation, reason }) => {
      retries.inc({ operation, reason });
    },
  };
}
