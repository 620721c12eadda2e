import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';

/** Something that runs until it is stopped. */
export interface Stoppable {
  stop(): Promise<void>;
}

/** What {@link runUntilSignal} takes besides. */
export interface RunUntilSignalOptions {
  /** How long stopping may take, in milliseconds; longer than the grace of requests. Default 20 000. */
  readonly stopWithinMs?: number;
}

/**
 * Starts something, waits for SIGINT or SIGTERM and stops it; a signal that comes while it starts stops it once it has started. A
 * repeated signal changes nothing: npm passes on the SIGINT that the terminal has sent already.
 *
 * Never rejects. The process then ends when nothing keeps it alive, with exit code 0. A failure is one line on standard error, without a
 * stack trace, and exit code 1; so is what has not ended `stopWithinMs` after the signal.
 */
export async function runUntilSignal(
  name: string,
  start: () => Promise<Stoppable>,
  { stopWithinMs = 20_000 }: RunUntilSignalOptions = {},
): Promise<void> {
  const signal = new Promise<void>((resolve) => {
    for (const signalName of ['SIGINT', 'SIGTERM']) {
      process.on(signalName, () => {
        resolve();
      });
    }
  });
  process.once('beforeExit', exitUnderSignals);

  try {
    const started = await start();
    await signal;
    endAfter(stopWithinMs, name);
    await started.stop();
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

/** Node gives a signal its deadly default back before a process ends by itself, which takes it a while; not so on `exit`. */
function exitUnderSignals(): void {
  process.exit();
}

/** Ends a process that something keeps alive. Does not keep it alive itself. */
function endAfter(timeMs: number, name: string): void {
  setTimeout(() => {
    process.stderr.write(`${name}: it did not stop within ${timeMs} ms.\n`);
    process.exit(1);
  }, timeMs).unref();
}

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
