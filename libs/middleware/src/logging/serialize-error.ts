/** What the log shows of an error. */
export interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly stack: string;
  /** Its `code`, its `details` (the figures of a DomainError), its `cause` and its `errors`, where there are such. */
  readonly [member: string]: unknown;
}

interface ErrorMembers extends Error {
  readonly code?: unknown;
  readonly details?: unknown;
  readonly errors?: unknown;
}

const depthAtMost = 8;

/**
 * What the log shows of anything that was thrown: its kind, message, stack, code and details, and the same of its causes. Never its other
 * members, where an SDK keeps whole items.
 */
export function serializeError(thrown: unknown, depth = 0): LoggedError {
  if (!isError(thrown)) return { type: typeof thrown, message: String(thrown), stack: '' };

  const { name: type, message, stack = '', code, details, cause, errors } = thrown;
  const inner = depth < depthAtMost;
  const serialize = (error: unknown) => serializeError(error, depth + 1);

  return {
    type,
    message,
    stack,
    ...(code !== undefined && { code }),
    ...(details !== undefined && { details }),
    ...(inner && cause !== undefined && { cause: serialize(cause) }),
    ...(inner && Array.isArray(errors) && { errors: errors.map(serialize) }),
  };
}

/** Errors of another realm count too. */
const isError = (thrown: unknown): thrown is ErrorMembers =>
  thrown instanceof Error || Object.prototype.toString.call(thrown) === '[object Error]';
