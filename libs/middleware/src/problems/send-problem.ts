import type { ProblemDetails } from '@cnop/exceptions';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** For a problem that may be retried and names no time itself. */
const retryAfterSeconds = 1;

/**
 * Answers a request with a problem document: `application/problem+json` with `instance` (the path, without its query) and `requestId`,
 * never to be stored; `Retry-After` where a retry may help, `WWW-Authenticate` with 401.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9457}
 */
export function sendProblem(problem: ProblemDetails, request: FastifyRequest, reply: FastifyReply): void {
  const [instance] = request.url.split('?', 1);

  rememberProblem(request, problem);
  if (problem.retryable && !reply.hasHeader('retry-after')) reply.header('retry-after', retryAfterOf(problem));
  if (problem.status === 401) reply.header('www-authenticate', challengeOf(request));
  reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    // A text is sent as it is; an object would be pressed into the route's schema of that status.
    .send(JSON.stringify({ ...problem, instance, requestId: request.id }));
}

function retryAfterOf({ details = {} }: ProblemDetails): number {
  const { retryAfterSeconds: named } = details as { readonly retryAfterSeconds?: unknown };

  return typeof named === 'number' ? Math.max(1, Math.ceil(named)) : retryAfterSeconds;
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-3} */
const challengeOf = ({ headers }: FastifyRequest): string =>
  headers.authorization === undefined ? 'Bearer' : 'Bearer error="invalid_token"';

const sent = new WeakMap<FastifyRequest, ProblemDetails>();

/** Remembers the problem that a request was answered with, for its line in the log. */
function rememberProblem(request: FastifyRequest, problem: ProblemDetails): void {
  sent.set(request, problem);
}

/** The problem that a request was answered with, if it was. */
export const findProblem = (request: FastifyRequest): ProblemDetails | undefined => sent.get(request);
