import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { routeOf } from '../scope/when-answered.ts';
import { noteAllowedMethods } from './allowed-methods.ts';
import { httpProblemOf } from './http-problem.ts';
import { problemOf } from './problem-of.ts';
import { sendProblem } from './send-problem.ts';

/**
 * A plugin that answers every error, an unknown path (404) and a known path with another method (405) with a problem document.
 *
 * What ends in a 5xx is logged with its causes, at `error` or, when a retry may help, at `warn`; a 500 tells nothing.
 */
export const problemDetails = fastifyPlugin(
  (service: FastifyInstance, _options, done) => {
    const allowedMethods = noteAllowedMethods(service);

    service.setErrorHandler(answerError);
    service.setNotFoundHandler((request, reply) => {
      const [path = '/'] = request.url.split('?', 1);
      const methods = allowedMethods(path);

      if (methods.length > 0) reply.header('allow', methods.join(', '));
      sendProblem(httpProblemOf(methods.length > 0 ? 405 : 404), request, reply);
    });
    done();
  },
  { name: '@cnop/problem-details', fastify: '5.x' },
);

/** Answers what a request was ended by. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { method } = request;
  const route = routeOf(request);
  const problem = problemOf(error, { method, route });
  const line = { method, route, code: problem.code };

  if (problem.status === 500) request.log.error({ ...line, err: error }, 'request failed');
  else if (problem.status > 500) request.log.warn({ ...line, err: error }, 'request failed for now');
  else if (problem.status === 401) request.log.info({ ...line, reason: reasonOf(error) }, 'request not authenticated');
  sendProblem(problem, request, reply);
}

/** Why a token was not good: for the log alone, and short, as anyone can make it be written. */
function reasonOf(error: unknown): string | undefined {
  const { cause } = Object(error) as { readonly cause?: unknown };
  const { code, message } = Object(cause) as { readonly code?: unknown; readonly message?: unknown };

  return [code, message].find((text) => typeof text === 'string');
}
