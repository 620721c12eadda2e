import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** How a request ended. */
export interface Answered {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** The pattern of the route, such as `/v1/orders/:orderId`; `undefined` where no route matched. */
  readonly route: string | undefined;
  readonly durationMs: number;
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
      answered({ request, reply, route: routeOf(request), durationMs: performance.now() - startedAt, aborted });
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
