import type { DatabaseObserver, RequestEnd } from '@cnop/database-core';
import { SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api';
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

/** The kind of an error of the SDK, or the code of one of the network; the rest of it may hold items. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;

  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
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
