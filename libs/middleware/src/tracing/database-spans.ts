import type { DatabaseObserver } from '@cnop/database-core';
import { SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api';

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
