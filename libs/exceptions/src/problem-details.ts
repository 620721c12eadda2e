import { errorCatalogue } from './catalogue.ts';
import { isDomainError, type DomainError } from './domain-error.ts';
import type { DetailsOf, ValidationIssue } from './error-details.ts';

/** The request that went wrong, as far as it may be shown. */
export interface ProblemContext {
  /** The path of the request, without its query. */
  readonly instance?: string;
  readonly requestId?: string;
}

/** An RFC 9457 problem document, with the product's own members `code`, `requestId`, `details` and `errors`. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
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
  if (!isDomainError(error) || errorCatalogue[error.code].status === 500) {
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
    title: error.message,
    status: errorCatalogue[error.code].status,
    code: error.code,
    detail: errorCatalogue[error.code].advice,
    retryable: error.retryable,
    ...context,
    ...figuresOf(error),
  };
}

function figuresOf({ code, details }: DomainError): Pick<ProblemDetails, 'details' | 'errors'> {
  if (code === 'VALIDATION_FAILED') return { errors: (details as DetailsOf<'VALIDATION_FAILED'>).issues };
  return Object.keys(details).length > 0 ? { details } : {};
}
