import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { httpProblemOf } from './http-problem.ts';
import { answerError } from './problem-details.ts';

const statuses: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

/**
 * Answers what is no request at all, before Fastify sees it: malformed HTTP, headers that are too large, a request that does not arrive
 * in time. The connection ends with it.
 */
export function answerClientError(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;

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
