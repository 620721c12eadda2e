import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import findMyWay, { type HTTPVersion, type Instance } from 'find-my-way';
import { routeOf } from '../scope/request-scope.ts';
import { httpProblemOf, problemOf } from './problem-of.ts';
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
      // A route that takes the method may itself find nothing, such as one of files.
      const isRefused = methods.length > 0 && !methods.includes(request.method);

      if (isRefused) reply.header('allow', methods.join(', '));
      sendProblem(httpProblemOf(isRefused ? 405 : 404), request, reply);
    });
    done();
  },
  { name: '@cnop/problem-details', fastify: '5.x' },
);

/** Answers what a request was ended by. */
function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  if (hasHungUp(request)) {
    sendProblem(httpProblemOf(400), request, reply);
    return;
  }
  const { method } = request;
  const route = routeOf(request);
  const problem = problemOf(error, { method, route });
  const line = { method, route, code: problem.code };

  if (problem.status === 500) request.log.error({ ...line, err: error }, 'request failed');
  else if (problem.status > 500) request.log.warn({ ...line, err: error }, 'request failed for now');
  else if (problem.status === 401) request.log.info({ ...line, reason: reasonOf(error) }, 'request not authenticated');
  sendProblem(problem, request, reply);
}

/** Whether the client went away before its request was complete. Nobody gets the answer, and nothing is wrong here. */
const hasHungUp = ({ raw }: FastifyRequest): boolean => raw.destroyed && !raw.complete;

/** Why a token was not good: for the log alone, and short, as anyone can make it be written. */
function reasonOf(error: unknown): string | undefined {
  const { cause } = Object(error) as { readonly cause?: unknown };
  const { code, message, claim } = Object(cause) as Readonly<Record<'code' | 'message' | 'claim', unknown>>;
  const reason = [code, message].find((text) => typeof text === 'string');

  // Of the claims that are verified: the name of one, never its value.
  return reason !== undefined && typeof claim === 'string' ? `${reason} (${claim})` : reason;
}

/** Tells which methods a path takes. */
export type AllowedMethods = (path: string) => readonly string[];

/**
 * Notes the routes of a service as they are added; finds those of a path by the router that Fastify itself uses.
 *
 * OPTIONS does not count: where CORS is on, every path takes it.
 */
function noteAllowedMethods(service: FastifyInstance): AllowedMethods {
  const methodsByPattern = new Map<string, Set<string>>();
  let router: Instance<HTTPVersion.V1> | undefined;

  service.addHook('onRoute', ({ url, method }) => {
    const methods = methodsByPattern.get(url) ?? new Set();

    for (const name of [method].flat()) if (name !== 'OPTIONS') methods.add(name.toUpperCase());
    if (methods.size > 0) methodsByPattern.set(url, methods);
  });
  return (path) => {
    router ??= routerOf(methodsByPattern);

    return (router.find('GET', path)?.store as readonly string[] | undefined) ?? [];
  };
}

function routerOf(methodsByPattern: ReadonlyMap<string, ReadonlySet<string>>): Instance<HTTPVersion.V1> {
  const router = findMyWay();

  for (const [pattern, methods] of methodsByPattern) {
    // One method stands for all: only the pattern is looked for.
    router.on('GET', pattern, () => undefined, [...methods].sort());
  }
  return router;
}

const statuses: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

/**
 * Answers what is no request at all, before Fastify sees it: malformed HTTP, headers that are too large, a request that does not arrive
 * in time. The connection ends with it.
 *
 * Node counts the time of a head from the connection on, and tells of it once. A connection on which nothing was sent stays, until it has
 * been idle for too long; the time of its head is counted anew from the first byte.
 */
export function answerClientError(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && socket.bytesRead === 0) return;

  const problem = httpProblemOf(statuses[error.code ?? ''] ?? 400);
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${problem.title}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'Connection: close',
  ];

  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
}

/** Answers what Fastify refuses before any hook runs, such as a path that is no path; so its line in the log is written here. */
export function answerFrameworkError(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  reply.header('x-request-id', request.id);
  answerError(error, request, reply);
  request.log.info({ method: request.method, status: reply.statusCode }, 'request');
}
