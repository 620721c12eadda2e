import type { FastifyInstance } from 'fastify';
import type { Stoppable } from '../shutdown/run-until-signal.ts';
import type { ListenOptions } from './service-settings.ts';

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

/** Makes a service and lets it listen until it is stopped. When it cannot start, nothing is left open. */
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
    const created = await create();
    service = created.service;
    await created.prepare?.();
    return { url: await service.listen(listen), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
