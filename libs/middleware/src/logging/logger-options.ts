import { type FastifyLoggerOptions, type FastifyRequest, LogController } from 'fastify';
import { redactLine } from './redact.ts';

/** How a service logs. */
export interface LoggingOptions {
  /** Stands in each line as `service`. */
  readonly name?: string;
  /** Default `info`; `debug` also tells of every request to the database. */
  readonly level?: string;
  /** Where the lines go. Default: standard output. */
  readonly stream?: { write(line: string): void };
}

/**
 * The logger options of a Fastify server: pino, one JSON object a line, from which {@link redactLine} has taken what is secret. Of an
 * error only kind, message, stack, code, details and causes are shown; of a request only method and path.
 */
export function loggerOptions({ name, level = 'info', stream }: LoggingOptions = {}) {
  return {
    level,
    ...(name !== undefined && { base: { service: name, pid: process.pid } }),
    ...(stream && { stream }),
    hooks: { streamWrite: redactLine },
    serializers: { err: serializeError, req: serializeRequest },
  } satisfies FastifyLoggerOptions & { readonly hooks: object; readonly base?: object };
}

const serializeRequest = ({ method, url }: Pick<FastifyRequest, 'method' | 'url'>) => ({
  method,
  path: url.split('?', 1)[0],
});

/** Silences Fastify's own two or three lines per request; its lines about errors stay. */
export class QuietLogController extends LogController {
  constructor() {
    super({ requestIdLogLabel: 'requestId' });
  }

  override incomingRequest(): void {
    // One line per request is enough, and comes when it has been answered.
  }

  override requestCompleted(): void {
    // That line is written by `requestLogging`.
  }

  override routeNotFound(): void {
    // The line of the request says 404.
  }
}

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
function serializeError(thrown: unknown, depth = 0): LoggedError {
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
