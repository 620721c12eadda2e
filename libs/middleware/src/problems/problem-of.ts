import { type ProblemDetails, sharedErrors, toProblemDetails, type ValidationIssue } from '@cnop/exceptions';
import { toValidationIssues } from '@cnop/validation';
import type { FastifySchemaValidationError } from 'fastify';
import type * as z from 'zod';

/** The parts of a request that decide what its time-out means. */
export interface FailedRequest {
  readonly method: string;
  /** The pattern of its route. */
  readonly route?: string;
}

interface Thrown {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly statusCode?: unknown;
  readonly issues?: unknown;
  readonly validation?: readonly FastifySchemaValidationError[];
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * The problem document for whatever a request was ended by: a DomainError (as it says itself), an error of zod, an error of Fastify, or
 * anything else, of which it tells nothing.
 *
 * A handler that took too long may still change something: unless the method is safe, that is OUTCOME_UNKNOWN.
 */
export function problemOf(error: unknown, request: FailedRequest): ProblemDetails {
  const problem = shownProblemOf(error, request);

  return problem.status === 500
    ? { ...problem, detail: 'What went wrong is in the log, under the id of the request.' }
    : problem;
}

function shownProblemOf(error: unknown, request: FailedRequest): ProblemDetails {
  const thrown = Object(error) as Thrown;

  if (isZodError(thrown))
    return toProblemDetails(new sharedErrors.ValidationError({ issues: toValidationIssues(thrown) }));
  if (!isFastifyError(thrown)) return toProblemDetails(error);
  if (thrown.code === 'FST_ERR_HANDLER_TIMEOUT') return toProblemDetails(timeOutOf(request));
  if (thrown.validation)
    return toProblemDetails(new sharedErrors.ValidationError({ issues: thrown.validation.map(issueOf) }));

  const status = Number(thrown.statusCode);
  return status >= 400 && status < 500 ? httpProblemOf(status) : toProblemDetails(error);
}

const isZodError = (thrown: Thrown): thrown is z.ZodError =>
  (thrown.name === 'ZodError' || thrown.name === '$ZodError') && Array.isArray(thrown.issues);

const isFastifyError = ({ code }: Thrown): boolean => typeof code === 'string' && code.startsWith('FST_');

const timeOutOf = ({ method, route = '' }: FailedRequest) =>
  safeMethods.has(method)
    ? new sharedErrors.RequestTimedOutError({})
    : new sharedErrors.OutcomeUnknownError({ operation: `${method} ${route}`.trim() });

/** What a validator of JSON schemas found, for a service that describes its routes by such. */
const issueOf = ({ instancePath, keyword, message }: FastifySchemaValidationError): ValidationIssue => ({
  pointer: instancePath,
  rule: keyword,
  message: message ?? 'The value breaks a rule.',
});

const httpProblem = (status: number, title: string, detail: string): ProblemDetails => ({
  type: 'about:blank',
  title,
  status,
  code: title.toUpperCase().replaceAll(/\W+/g, '_'),
  detail,
  retryable: false,
});

const badRequest = httpProblem(
  400,
  'Bad Request',
  'The request is not well-formed: its path, its headers or its body.',
);

/**
 * The problems of requests that HTTP itself refuses, before anything of the domain sees them, by status. The code is the status in words, such as `NOT_FOUND`.
 */
export const httpProblems: Readonly<Record<number, ProblemDetails>> = {
  400: badRequest,
  404: httpProblem(404, 'Not Found', 'There is no such route.'),
  405: httpProblem(405, 'Method Not Allowed', 'The route does not take this method; `Allow` names those it takes.'),
  408: httpProblem(408, 'Request Timeout', 'The request did not arrive in time.'),
  413: httpProblem(413, 'Payload Too Large', 'The body is larger than this route takes.'),
  414: httpProblem(414, 'URI Too Long', 'A part of the path is longer than any route takes.'),
  415: httpProblem(
    415,
    'Unsupported Media Type',
    'Send JSON in UTF-8, as `application/json`, without a content coding.',
  ),
  431: httpProblem(431, 'Request Header Fields Too Large', 'The headers are larger than this service takes.'),
};

/** The problem of a fault of the service, of which nothing is told. */
export const internalProblem: ProblemDetails = toProblemDetails(undefined);

/** The problem of a request that is refused with this status; of a status without one, that of 400. */
export const httpProblemOf = (status: number): ProblemDetails => httpProblems[status] ?? badRequest;
