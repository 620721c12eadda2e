import {
  OutcomeUnknownError,
  RequestTimedOutError,
  toProblemDetails,
  ValidationError,
  type ProblemDetails,
  type ValidationIssue,
} from '@cnop/exceptions';
import { toValidationIssues } from '@cnop/validation';
import type { FastifySchemaValidationError } from 'fastify';
import type { z } from 'zod';
import { httpProblemOf } from './http-problem.ts';

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

  if (isZodError(thrown)) return toProblemDetails(new ValidationError({ issues: toValidationIssues(thrown) }));
  if (!isFastifyError(thrown)) return toProblemDetails(error);
  if (thrown.code === 'FST_ERR_HANDLER_TIMEOUT') return toProblemDetails(timeOutOf(request));
  if (thrown.validation) return toProblemDetails(new ValidationError({ issues: thrown.validation.map(issueOf) }));

  const status = Number(thrown.statusCode);
  return status >= 400 && status < 500 ? httpProblemOf(status) : toProblemDetails(error);
}

const isZodError = (thrown: Thrown): thrown is z.ZodError =>
  (thrown.name === 'ZodError' || thrown.name === '$ZodError') && Array.isArray(thrown.issues);

const isFastifyError = ({ code }: Thrown): boolean => typeof code === 'string' && code.startsWith('FST_');

const timeOutOf = ({ method, route = '' }: FailedRequest) =>
  safeMethods.has(method)
    ? new RequestTimedOutError({})
    : new OutcomeUnknownError({ operation: `${method} ${route}`.trim() });

/** What a validator of JSON schemas found, for a service that describes its routes by such. */
const issueOf = ({ instancePath, keyword, message }: FastifySchemaValidationError): ValidationIssue => ({
  pointer: instancePath,
  rule: keyword,
  message: message ?? 'The value breaks a rule.',
});
