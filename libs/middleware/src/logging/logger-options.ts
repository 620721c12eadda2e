import { LogController, type FastifyLoggerOptions, type FastifyRequest } from 'fastify';
import { redactLine } from './redact.ts';
import { serializeError } from './serialize-error.ts';

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
