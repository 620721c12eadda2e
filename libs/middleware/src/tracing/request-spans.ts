import { context, type Context, propagation, SpanKind, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest, HookHandlerDoneFunction } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { whenAnswered } from '../scope/request-scope.ts';

/** What the plugin `requestSpans` takes. */
export interface RequestSpansOptions {
  readonly tracer: Tracer;
}

/**
 * A plugin that makes a span of each request, a child of what `traceparent` names, and keeps it active in all that the request calls.
 *
 * It is there only where a tracer is: a service without one does nothing for tracing.
 *
 * @see {@link https://opentelemetry.io/docs/specs/semconv/http/http-spans/}
 */
export const requestSpans = fastifyPlugin<RequestSpansOptions>(
  (service: FastifyInstance, { tracer }, done) => {
    const contexts = new WeakMap<FastifyRequest, Context>();
    const enter = (request: FastifyRequest, next: HookHandlerDoneFunction) => {
      context.with(contexts.get(request) ?? context.active(), next);
    };

    service.addHook('onRequest', (request, _reply, next) => {
      const parent = propagation.extract(context.active(), request.headers);
      const attributes = { 'http.request.method': request.method, 'cnop.request.id': request.id };
      const span = tracer.startSpan(request.method, { kind: SpanKind.SERVER, attributes }, parent);

      contexts.set(request, trace.setSpan(parent, span));
      enter(request, next);
    });
    // The body is read in the context of its socket, which is not the request's.
    service.addHook('preValidation', (request, _reply, next) => {
      enter(request, next);
    });
    whenAnswered(service, ({ request, status, route, aborted }) => {
      const span = trace.getSpan(contexts.get(request) ?? context.active());
      if (!span) return;

      if (route !== undefined) span.updateName(`${request.method} ${route}`).setAttribute('http.route', route);
      span.setAttributes({ 'http.response.status_code': status, ...(aborted && { 'cnop.aborted': true }) });
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
    done();
  },
  { name: '@cnop/request-spans', fastify: '5.x' },
);

/**
 * Calls `action` within a span, for a step that should be seen between a request and its calls to the database. Without a tracer it
 * only calls it.
 *
 * @example
 * const result = await runInSpan(tracer, 'placeOrder', () => flow.placeOrder({ owner, order }));
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
