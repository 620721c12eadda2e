import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest, HookHandlerDoneFunction } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { requestIdOf } from './request-id.ts';

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
