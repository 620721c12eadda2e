import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';

/** What the plugin `gracefulClose` takes. */
export interface GracefulCloseOptions {
  /** How long requests that still run may take once the service closes, in milliseconds. Default 10 000. */
  readonly graceMs?: number;
}

/**
 * A plugin that lets `close()` wait for the requests that run and for nothing else, and cuts the connections that are still open after
 * the grace.
 *
 * From the first moment each answer ends its connection, so that no client sends its next request into a service that closes.
 */
export const gracefulClose = fastifyPlugin<GracefulCloseOptions>(
  (service: FastifyInstance, { graceMs = 10_000 }, done) => {
    const unused = unusedConnections(service);
    let closing = false;

    service.addHook('preClose', (next) => {
      closing = true;
      for (const socket of unused) socket.destroy();
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

/** The connections that have not sent a request yet. Node takes them for busy: it ends those only that have sent one and had its answer. */
function unusedConnections({ server }: FastifyInstance): ReadonlySet<Socket> {
  const unused = new Set<Socket>();

  server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.on('request', ({ socket }) => unused.delete(socket));
  return unused;
}
