import { context, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api';

/**
 * Calls `action` within a span, for a step that should be seen between a request and its calls to the database. Without a tracer it
 * only calls it.
 *
 * @example
 * const result = await runInSpan(tracer, 'placeOrder', () => flow.placeOrder({ username, order }));
 */
export async function runInSpan<TResult>(
  tracer: Tracer | undefined,
  name: string,
  action: () => Promise<TResult>,
): Promise<TResult> {
  if (!tracer) return await action();
  const span = tracer.startSpan(name);

  try {
    return await context.with(trace.setSpan(context.active(), span), action);
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : typeof error });
    throw error;
  } finally {
    span.end();
  }
}
