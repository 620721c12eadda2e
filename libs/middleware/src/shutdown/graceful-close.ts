import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';

/** What the plugin `gracefulClose` takes. */
export interface GracefulCloseOptions {
  /** How long requests that still run may take once the service closes, in milliseconds. Default 10 000. */
  readonly graceMs?: number;
}

/**
 * A plugin that lets `close()` wait for the requests that run, and cuts the connections that are still open after the grace.
 *
 * From the first moment each answer ends its connection, so that no client sends its next request into a service that closes.
 */
export const gracefulClose = fastifyPlugin<GracefulCloseOptions>(
  (service: FastifyInstance, { graceMs = 10_000 }, done) => {
    let closing = false;

    service.addHook('preClose', (next) => {
      closing = true;
      setTimeout(() => {
        service.server.closeAllConnections();
      }, graceMs).unref();
      next();
    });
    service.addHook('onSend', (_request, reply, payload) => {
      if (closing) reply.header('connection', 'close');
      return Promise.resolve(payload);
    });
    done();
  },
  { name: '@cnop/graceful-close', fastify: '5.x' },
);
