import { errorCatalogue, isErrorCode, type ErrorCode } from './catalogue.ts';
import type { DetailsOf } from './error-details.ts';

/**
 * The base of every error the libraries throw on purpose.
 *
 * The message is a fixed sentence; what varies is in `details`, which is JSON-safe and holds no secret. Tell errors apart by
 * `code`, not by `instanceof`: two copies of a package may be installed.
 */
export abstract class DomainError<TCode extends ErrorCode = ErrorCode> extends Error {
  readonly code: TCode;
  readonly details: DetailsOf<TCode>;
  /** Whether the very same call may succeed when repeated (with the same idempotency key where there is one). */
  readonly retryable: boolean;

  protected constructor(code: TCode, details: DetailsOf<TCode>, options?: ErrorOptions) {
    super(errorCatalogue[code].title, options);
    this.name = new.target.name;
    this.code = code;
    this.details = details;
    this.retryable = errorCatalogue[code].retryable;
  }
}

/** Whether `value` is a DomainError, of this or of another installed copy of the package: judged by its shape. */
export const isDomainError = (value: unknown): value is DomainError =>
  value instanceof Error && 'details' in value && 'retryable' in value && 'code' in value && isErrorCode(value.code);
