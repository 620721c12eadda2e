import { context, propagation, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace';

/** A tracer that keeps its spans. */
export interface TestTracer {
  readonly tracer: Tracer;
  /** The spans that have ended, in the order in which they did. */
  spans(): readonly ReadableSpan[];
  find(name: string): ReadableSpan;
}

/** Makes a tracer with the context and the propagator that `startTracing` sets; they are gone after the test. */
export function testTracer(): TestTracer {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });

  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  return {
    tracer: provider.getTracer('test'),
    spans: () => exporter.getFinishedSpans(),
    find: (name) => {
      const span = exporter.getFinishedSpans().find((candidate) => candidate.name === name);
      if (!span) throw new Error(`There is no span ${name}.`);
      return span;
    },
  };
}

afterEach(() => {
  context.disable();
  propagation.disable();
});
