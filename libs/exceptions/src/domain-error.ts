/** What all errors of one code share. */
export interface ErrorKind<TCode extends string = string> {
  /** The stable name of this kind of error. */
  readonly code: TCode;
  /** The HTTP status of a response that reports it. */
  readonly status: number;
  /** The fixed sentence of the code: the title of the problem document. */
  readonly title: string;
  /** What the code means and what to do about it. */
  readonly advice: string;
  /** Whether the very same call may succeed when repeated (with the same idempotency key where there is one). */
  readonly retryable: boolean;
}

/** What a {@link DomainError} is made of; {@link defineErrors} gives it from a definition. */
export interface DomainErrorParts<TCode extends string, TDetails extends object> extends ErrorKind<TCode> {
  /** The name of its class, such as `InsufficientFundsError`. */
  readonly name: string;
  /** The figures of this error: JSON-safe, amounts as decimal text. */
  readonly details: TDetails;
  readonly message: string;
}

/**
 * The base of every error that the libraries throw on purpose. Its classes are made by {@link defineErrors}.
 *
 * It knows how a service reports it, and `message` says what varies; neither the message nor `details` holds a secret. Tell errors
 * apart by `code` (`ledgerErrors.InsufficientFundsError.is(error)` does), not by `instanceof`: two copies of a package may be
 * installed.
 */
export class DomainError<TCode extends string = string, TDetails extends object = object>
  extends Error
  implements DomainErrorParts<TCode, TDetails>
{
  readonly code: TCode;
  readonly status: number;
  readonly title: string;
  readonly advice: string;
  readonly retryable: boolean;
  readonly details: TDetails;

  constructor(parts: DomainErrorParts<TCode, TDetails>, options?: ErrorOptions) {
    super(parts.message, options);
    this.name = parts.name;
    this.code = parts.code;
    this.status = parts.status;
    this.title = parts.title;
    this.advice = parts.advice;
    this.retryable = parts.retryable;
    this.details = parts.details;
  }
}

/**
 * Whether `value` is a DomainError: one of the product, of another installed copy of this package, or of a service's own. Judged by its
 * shape.
 */
export const isDomainError = (value: unknown): value is DomainError => value instanceof Error && hasParts(value);

/** Whether an object carries all that a {@link DomainError} knows, each of its type. */
export function hasParts(value: object): value is DomainErrorParts<string, object> {
  const { name, code, status, title, advice, retryable, details, message } = value as Record<string, unknown>;

  return (
    [name, code, title, advice, message].every((text) => typeof text === 'string') &&
    isErrorStatus(status) &&
    typeof retryable === 'boolean' &&
    typeof details === 'object' &&
    details !== null
  );
}

/** Whether a number is an HTTP status of a client's or a server's error. */
export const isErrorStatus = (status: unknown): boolean =>
  Number.isInteger(status) && Number(status) >= 400 && Number(status) <= 599;
