import type { Server } from 'node:http';
import type { FastifyHttpOptions, FastifyInstance, FastifyServerOptions } from 'fastify';
import { loggerOptions, type LoggingOptions, QuietLogController } from '../logging/logger-options.ts';
import { answerClientError, answerFrameworkError } from '../problems/problem-details.ts';
import { requestIdOf } from '../scope/request-scope.ts';
import type { Stoppable } from '../shutdown/shutdown.ts';
import { assertCanListen, listenError } from './free-port.ts';

/** What {@link serve} takes. */
export interface ServeOptions {
  /** Makes the service, and says what is done before it listens. */
  readonly create: () => Promise<Created>;
  readonly listen: ListenOptions;
  /** Gives back what the service worked with, when it is closed: connections, exporters. Called once, also when it could not start. */
  readonly release: () => void | Promise<void>;
}

interface Created {
  readonly service: Pick<FastifyInstance, 'close' | 'listen'>;
  readonly prepare?: () => Promise<void>;
}

/** A service that listens. */
export interface Served extends Stoppable {
  /** Where it listens, such as `http://127.0.0.1:3000`. */
  readonly url: string;
}

/**
 * Makes a service and lets it listen until it is stopped. When it cannot start, nothing is left open.
 *
 * @throws ConfigurationError naming `PORT` or `HOST` where it cannot listen, before anything is made.
 */
export async function serve({ create, listen, release }: ServeOptions): Promise<Served> {
  let service: Created['service'] | undefined;
  const stop = async () => {
    try {
      await service?.close();
    } finally {
      await release();
    }
  };

  try {
    await assertCanListen(listen);
    const created = await create();
    service = created.service;
    await created.prepare?.();
    return { url: await service.listen(listen), stop };
  } catch (error) {
    await stop();
    throw listenError(error, listen.port);
  }
}

/** How long a server waits, in milliseconds. */
export interface ServerTimeouts {
  /** For a connection on which nothing happens, from its first moment on; then it is closed. Default 60 000. */
  readonly connectionMs: number;
  /** For a whole request, head and body, from its first byte on; then it is 408. Default 10 000. */
  readonly requestMs: number;
  /** For a route's answer; then the request ends as 503, while what the handler does may go on. Default 30 000. */
  readonly handlerMs: number;
  /** For the next request on a connection. Default 65 000, longer than the load balancers of AWS wait. */
  readonly keepAliveMs: number;
}

/** What {@link serverOptions} takes. */
export interface ServerOptions {
  /** `false` for no log at all. */
  readonly logging?: LoggingOptions | false;
  /** The largest body. Default 16 384. */
  readonly bodyLimitBytes?: number;
  readonly timeouts?: Partial<ServerTimeouts>;
  /** The proxies whose `X-Forwarded-For` is believed, as Fastify takes them, or how many of them there are. Default: none. */
  readonly trustProxy?: FastifyServerOptions['trustProxy'] | number;
}

const defaultTimeouts: ServerTimeouts = {
  connectionMs: 60_000,
  requestMs: 10_000,
  handlerMs: 30_000,
  keepAliveMs: 65_000,
};

/**
 * The options of a Fastify server that a plugin cannot set: the redacting logger, time-outs, the size of a body, and problem documents
 * for what is refused before any plugin sees it.
 *
 * @example
 * const service = fastify(serverOptions({ logging: { name: 'order-service' } }));
 */
export function serverOptions(options: ServerOptions = {}): FastifyHttpOptions<Server> {
  const { logging = {}, bodyLimitBytes = 16_384, timeouts, trustProxy = false } = options;
  const { connectionMs, requestMs, handlerMs, keepAliveMs } = { ...defaultTimeouts, ...timeouts };

  return {
    logger: logging === false ? false : loggerOptions(logging),
    logController: new QuietLogController(),
    genReqId: requestIdOf,
    bodyLimit: bodyLimitBytes,
    connectionTimeout: connectionMs,
    requestTimeout: requestMs,
    handlerTimeout: handlerMs,
    keepAliveTimeout: keepAliveMs,
    http: {
      requestTimeout: requestMs,
      headersTimeout: requestMs,
      // Node looks for requests that are late only so often.
      connectionsCheckingInterval: Math.min(30_000, Math.ceil(requestMs / 2)),
    },
    trustProxy: typeof trustProxy === 'number' ? (_address, hop) => hop < trustProxy : trustProxy,
    return503OnClosing: false,
    frameworkErrors: answerFrameworkError,
    clientErrorHandler: answerClientError,
  };
}

/** Where a server listens, as Fastify's `listen` takes it. */
export interface ListenOptions {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly host: string;
}
