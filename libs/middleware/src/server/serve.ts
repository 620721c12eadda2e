import type { FastifyInstance } from 'fastify';
import type { Stoppable } from '../shutdown/run-until-signal.ts';
import type { ListenOptions } from './listen-options.ts';

/** What {@link serve} takes besides the service. */
export interface ServeOptions {
  readonly listen: ListenOptions;
  /** Gives back what the service worked with, when it is closed: connections, exporters. Called once. */
  readonly release: () => void | Promise<void>;
}

/** A service that listens. */
export interface Served extends Stoppable {
  /** Where it listens, such as `http://127.0.0.1:3000`. */
  readonly url: string;
}

/** Lets a service listen until it is stopped. When it cannot listen, nothing is left open. */
export async function serve(
  service: Pick<FastifyInstance, 'close' | 'listen'>,
  { listen, release }: ServeOptions,
): Promise<Served> {
  const stop = async () => {
    try {
      await service.close();
    } finally {
      await release();
    }
  };

  try {
    return { url: await service.listen(listen), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
