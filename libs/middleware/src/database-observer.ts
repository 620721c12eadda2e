import type { DatabaseObserver, RequestEnd } from '@cnop/database-core';
import { SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import { Counter, Histogram, type Registry } from '@prometheus-io/client';
import type { FastifyBaseLogger } from 'fastify';
import type { Metrics } from './metrics/metrics.ts';
import { currentRequest } from './scope/request-scope.ts';

/** What {@link databaseObserver} tells; each is optional. */
export interface DatabaseObserverOptions {
  /** For lines that belong to no request; those of a request carry its id. */
  readonly log?: FastifyBaseLogger;
  readonly metrics?: Pick<Metrics, 'databaseObserver'>;
  readonly tracer?: Tracer;
}

/**
 * Brings what a database does into the log, the metrics and the traces of a service.
 *
 * @example
 * observeDatabase(database, databaseObserver({ log: service.log, metrics, tracer }));
 */
export function databaseObserver({ log, metrics, tracer }: DatabaseObserverOptions): DatabaseObserver {
  const observers = [log && databaseLog(log), metrics?.databaseObserver, tracer && databaseSpans(tracer)].filter(
    (observer) => observer !== undefined,
  );

  return {
    onRequest: (request) => {
      const ends = observers.map((observer) => observer.onRequest?.(request));

      return (end: RequestEnd) => {
        for (const told of ends) told?.(end);
      };
    },
    onRetry: (retry) => {
      for (const observer of observers) observer.onRetry?.(retry);
    },
  };
}

/**
 * Logs what a database does, each line with the id of the request that it is done for: every request at `debug`, a retry at `info`, a
 * failure that is no answer to a condition at `warn`.
 *
 * @param log - for what is done outside of a request.
 */
export function databaseLog(log: FastifyBaseLogger): DatabaseObserver {
  const present = () => currentRequest()?.log ?? log;

  return {
    onRequest:
      ({ operation, tableNames }) =>
      ({ outcome, durationMs, error }) => {
        const line = { operation, tableNames, outcome, durationMs: Math.round(durationMs * 10) / 10 };
        const isAnswer = outcome === 'ok' || outcome === 'condition-failed';

        if (isAnswer) present().debug(line, 'database request');
        else present().warn({ ...line, error: nameOf(error) }, 'database request failed');
      },
    onRetry: ({ operation, attempt, reason }) => {
      present().info({ operation, attempt, reason }, 'database request is sent again');
    },
  };
}

/** The kind of an error of the SDK; the rest of it may hold items. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

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

/**
 * Makes a span of each request to DynamoDB, within the span that is active.
 *
 * @see {@link https://opentelemetry.io/docs/specs/semconv/database/dynamodb/}
 */
export function databaseSpans(tracer: Tracer): DatabaseObserver {
  return {
    onRequest: ({ operation, tableNames }) => {
      const attributes = {
        'db.system.name': 'aws.dynamodb',
        'db.operation.name': operation,
        'aws.dynamodb.table_names': [...tableNames],
      };
      const span = tracer.startSpan(`DynamoDB.${operation}`, { kind: SpanKind.CLIENT, attributes });

      return ({ outcome }) => {
        span.setAttribute('cnop.outcome', outcome);
        if (outcome !== 'ok') span.setStatus({ code: SpanStatusCode.ERROR, message: outcome });
        span.end();
      };
    },
  };
}
