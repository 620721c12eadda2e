import type { DatabaseObserver, RequestEnd } from '@cnop/database-core';
import type { Tracer } from '@opentelemetry/api';
import type { FastifyBaseLogger } from 'fastify';
import { databaseLog } from './logging/database-log.ts';
import type { Metrics } from './metrics/metrics.ts';
import { databaseSpans } from './tracing/database-spans.ts';

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
