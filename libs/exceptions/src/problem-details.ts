import { isDomainError, type DomainError } from './domain-error.ts';
import { sharedErrors, type ValidationIssue } from './errors.ts';

/** The request that went wrong, as far as it may be shown. */
export interface ProblemContext {
  /** The path of the request, without its query. */
  readonly instance?: string;
  readonly requestId?: string;
}

/** An RFC 9457 problem document, with the product's own members `code`, `requestId`, `retryable`, `details` and `errors`. */
export interface ProblemDetails {
  readonly type: string;
  /** The fixed sentence of the code. */
  readonly title: string;
  readonly status: number;
  readonly code: string;
  /** What the code means and what to do about it. What varies is in `details` and `errors`, for programs. */
  readonly detail?: string;
  readonly instance?: string;
  readonly requestId?: string;
  readonly retryable: boolean;
  /** The error's own figures, such as what was available and what was required. */
  readonly details?: object;
  /** Each broken rule of an input. */
  readonly errors?: readonly ValidationIssue[];
}

/**
 * The problem document for anything that was thrown.
 *
 * A server-side fault (status 500) and anything that is not a DomainError tell nothing but that something went wrong; log the
 * error itself.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9457} for the format.
 */
export function toProblemDetails(error: unknown, context: ProblemContext = {}): ProblemDetails {
  if (!isDomainError(error) || error.status === 500) {
    return {
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
      code: 'INTERNAL_ERROR',
      retryable: false,
      ...context,
    };
  }
  return {
    type: `urn:cnop:error:${error.code}`,
    title: error.title,
    status: error.status,
    code: error.code,
    detail: error.advice,
    retryable: error.retryable,
    ...context,
    ...figuresOf(error),
  };
}

function figuresOf(error: DomainError): Pick<ProblemDetails, 'details' | 'errors'> {
  if (sharedErrors.ValidationError.is(error)) return { errors: error.details.issues };
  return Object.keys(error.details).length > 0 ? { details: error.details } : {};
}
