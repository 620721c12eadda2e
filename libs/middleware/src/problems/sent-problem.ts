import type { ProblemDetails } from '@cnop/exceptions';
import type { FastifyRequest } from 'fastify';

const sent = new WeakMap<FastifyRequest, ProblemDetails>();

/** Remembers the problem that a request was answered with, for its line in the log. */
export function rememberProblem(request: FastifyRequest, problem: ProblemDetails): void {
  sent.set(request, problem);
}

/** The problem that a request was answered with, if it was. */
export const findProblem = (request: FastifyRequest): ProblemDetails | undefined => sent.get(request);
