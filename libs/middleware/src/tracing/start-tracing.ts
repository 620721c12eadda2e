import { context, propagation, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

/** What {@link startTracing} takes. */
export interface TracingOptions {
  /** The name of the service in its spans. */
  readonly serviceName: string;
  /** Where spans are sent, by HTTP: `http://localhost:4318/v1/traces`. */
  readonly url: string;
}

/** Spans that are sent to a collector. */
export interface Tracing {
  readonly tracer: Tracer;
  /** Sends what is still here, then stops. */
  stop(): Promise<void>;
}

/**
 * Sends spans to an OTLP endpoint.
 *
 * Call it once, first of all. The SDK of OpenTelemetry is an optional peer, which only this entry point loads.
 *
 * @example
 * const tracing = startTracing({ serviceName: 'order-service', url: 'http://localhost:4318/v1/traces' });
 * const service = await createService({ tracer: tracing.tracer, … });
 */
export function startTracing({ serviceName, url }: TracingOptions): Tracing {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url }) })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());

  return {
    tracer: provider.getTracer('@cnop/middleware'),
    stop: async () => {
      await provider.shutdown();
      context.disable();
      propagation.disable();
    },
  };
}
