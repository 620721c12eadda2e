import { sharedErrors } from '@cnop/exceptions';
import fastifyUnderPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';

/** What the plugin `loadShedding` takes. */
export interface LoadSheddingOptions {
  /** How late the event loop may be, on average over a sample; `Infinity` for no limit. Default 1000. */
  readonly maxEventLoopDelayMs?: number;
  /** Default: no limit. */
  readonly maxHeapUsedBytes?: number;
  /** Default: no limit. */
  readonly maxRssBytes?: number;
  /** How often the process is looked at. Default 1000. */
  readonly sampleIntervalMs?: number;
  /** What `Retry-After` says. Default 10. */
  readonly retryAfterSeconds?: number;
}

/** What a route's `config` holds to be answered under any load: whoever watches the process must still see it. */
export const answeredUnderPressure = { pressureHandler: () => undefined } as const;

/**
 * A plugin that refuses requests, 503 OVERLOADED with `Retry-After`, while the process cannot keep up: refused at once is better than
 * answered too late. Routes with {@link answeredUnderPressure} in their `config` are answered all the same.
 */
export const loadShedding = fastifyPlugin<LoadSheddingOptions>(
  async (service: FastifyInstance, options) => {
    const {
      maxEventLoopDelayMs = 1_000,
      maxHeapUsedBytes,
      maxRssBytes,
      sampleIntervalMs,
      retryAfterSeconds = 10,
    } = options;

    await service.register(fastifyUnderPressure, {
      maxEventLoopDelay: maxEventLoopDelayMs,
      maxHeapUsedBytes,
      maxRssBytes,
      sampleInterval: sampleIntervalMs,
      // It takes a rejection for the error of the request.
      pressureHandler: (_request, reply): Promise<never> => {
        reply.header('retry-after', retryAfterSeconds);
        return Promise.reject(new sharedErrors.OverloadedError({}));
      },
    });
  },
  { name: '@cnop/load-shedding', fastify: '5.x' },
);
