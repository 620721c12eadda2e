import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest, HookHandlerDoneFunction } from 'fastify';
import fastifyPlugin from 'fastify-plugin';

/** The request on behalf of which the present code runs. */
export interface RequestScope {
  readonly requestId: string;
  /** Writes lines that carry the id of the request. */
  readonly log: FastifyBaseLogger;
}

const scopes = new AsyncLocalStorage<RequestScope>();

/** The request that the caller works for, however deep in the call chain; `undefined` outside of one. */
export const currentRequest = (): RequestScope | undefined => scopes.getStore();

/**
 * A plugin that gives every request an id, returns it in `X-Request-Id`, and makes {@link currentRequest} know it in all that the
 * request calls.
 */
export const requestScope = fastifyPlugin(
  (service: FastifyInstance, _options, done) => {
    const enter = ({ id, log }: FastifyRequest, next: HookHandlerDoneFunction) => {
      scopes.run({ requestId: id, log }, next);
    };

    service.setGenReqId(requestIdOf);
    service.addHook('onRequest', (request, reply, next) => {
      reply.header('x-request-id', request.id);
      enter(request, next);
    });
    // The body is read in the context of its socket, which is not the request's.
    service.addHook('preValidation', (request, _reply, next) => {
      enter(request, next);
    });
    done();
  },
  { name: '@cnop/request-scope', fastify: '5.x' },
);

const wellFormed = /^[A-Za-z0-9._~-]{1,64}$/;

/**
 * The id of a request: what `X-Request-Id` says if that is 1 to 64 of `A-Z a-z 0-9 . _ ~ -`, else a new UUID.
 *
 * Nothing else is ever taken over, so no id can break a log line or a header.
 */
export function requestIdOf({ headers }: { readonly headers: IncomingHttpHeaders }): string {
  const named = headers['x-request-id'];

  return typeof named === 'string' && wellFormed.test(named) ? named : randomUUID();
}

/** A status that no client sees: it has gone. As nginx has it. */
const clientClosedRequest = 499;

/** How a request ended. */
export interface Answered {
  readonly request: FastifyRequest;
  /** The pattern of the route, such as `/v1/orders/:orderId`; `undefined` where no route matched. */
  readonly route: string | undefined;
  readonly durationMs: number;
  /** Of the answer; 499 where the client went away before there was any. */
  readonly status: number;
  /** Whether the client went away before it had the whole answer. */
  readonly aborted: boolean;
}

/**
 * Calls back once for each request: when its answer has been sent, or when its client has gone.
 *
 * Fastify's own `onResponse` is not called for a client that goes away after it has sent its request.
 */
export function whenAnswered(service: FastifyInstance, answered: (end: Answered) => void): void {
  service.addHook('onRequest', (request, reply, next) => {
    const { raw } = reply;
    const startedAt = performance.now();
    const end = (aborted: boolean) => {
      raw.off('finish', finished).off('close', closed);
      const status = aborted && !raw.headersSent ? clientClosedRequest : reply.statusCode;

      answered({ request, route: routeOf(request), durationMs: performance.now() - startedAt, status, aborted });
    };
    const finished = () => {
      end(false);
    };
    const closed = () => {
      end(true);
    };

    raw.once('finish', finished).once('close', closed);
    next();
  });
}

/** The pattern of the route that serves a request. */
export const routeOf = ({ is404, routeOptions }: FastifyRequest): string | undefined =>
  is404 ? undefined : routeOptions.url;
