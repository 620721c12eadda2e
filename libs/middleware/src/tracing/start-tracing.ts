import { context, propagation, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

/** What {@link startTracing} takes. */
export interface TracingOptions {
  /** The name of the service in its spans; `OTEL_SERVICE_NAME` wins over it. */
  readonly serviceName: string;
  /** Where `OTEL_EXPORTER_OTLP_ENDPOINT`, or `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`, is looked for. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Spans that are sent to a collector. */
export interface Tracing {
  readonly tracer: Tracer;
  /** Sends what is still here, then stops. */
  stop(): Promise<void>;
}

/**
 * Sends spans to the OTLP endpoint that the environment names, by HTTP; does nothing at all where it names none.
 *
 * Call it once, first of all. The SDK of OpenTelemetry is an optional peer, which only this entry point loads.
 *
 * @example
 * const tracing = startTracing({ serviceName: 'order-service', env: process.env });
 * const service = await createService({ tracer: tracing?.tracer, … });
 */
export function startTracing({ serviceName, env }: TracingOptions): Tracing | undefined {
  const url = tracesUrl(env);
  if (url === undefined) return undefined;

  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': env['OTEL_SERVICE_NAME'] || serviceName }),
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

/** @see {@link https://opentelemetry.io/docs/specs/otel/protocol/exporter/#endpoint-urls-for-otlphttp} */
function tracesUrl(env: TracingOptions['env']): string | undefined {
  const base = env['OTEL_EXPORTER_OTLP_ENDPOINT'];

  return env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] || (base && `${base.replace(/\/+$/, '')}/v1/traces`) || undefined;
}
