import { sharedErrors } from '@cnop/exceptions';
import fastifyRateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { findUser } from '../access/access-rules.ts';

/** At most a number of requests in a number of milliseconds. */
export interface Rate {
  readonly max: number;
  readonly windowMs: number;
}

/** The limits of one route, which hold beside those of the service. */
export interface RouteLimits {
  /** For each address, whoever is logged in. */
  readonly address?: Rate;
  /** For each user; nobody's on a public route. */
  readonly user?: Rate;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Limits of the route itself, such as stricter ones for a login; `false` for a route that no limit holds for. */
    limits?: RouteLimits | false;
  }
}

/** What the plugin `rateLimits` takes. */
export interface RateLimitsOptions {
  /** For each address, over all routes. Default 600 a minute. */
  readonly address?: Rate;
  /** For each user, over all routes. Default 300 a minute. */
  readonly user?: Rate;
  /** A client of ioredis, to count over all processes. Default: each process counts for itself. */
  readonly redis?: object;
}

/** Who is counted. */
type Kind = 'address' | 'user';

/** Counts a request, and returns where its limit stands. */
type Limiter = ReturnType<FastifyInstance['createRateLimit']>;

const defaults: Readonly<Record<Kind, Rate>> = {
  address: { max: 600, windowMs: 60_000 },
  user: { max: 300, windowMs: 60_000 },
};
/** Whom a process counts at most, for one limit; who has been quiet longest is forgotten first. */
const countedAtMost = 50_000;

/**
 * A plugin that limits requests for each address and, once it is known, for each user; a route's `config.limits` hold in addition.
 *
 * The headers `RateLimit-Limit`, `-Remaining` and `-Reset` tell of the limit that is nearest; beyond it is 429 RATE_LIMITED with
 * `Retry-After`. Addresses are counted before tokens are looked at, IPv6 by its /64; behind a proxy set the server's `trustProxy`. When
 * Redis cannot be reached, requests pass.
 */
export const rateLimits = fastifyPlugin<RateLimitsOptions>(
  async (service: FastifyInstance, { redis, ...rates }) => {
    await service.register(fastifyRateLimit, {
      global: false,
      cache: countedAtMost,
      skipOnError: true,
      ...(redis && { redis, nameSpace: 'cnop-rate-limit-' }),
    });
    const ofService = {
      address: createLimiter(service, { kind: 'address', rate: rates.address ?? defaults.address }),
      user: createLimiter(service, { kind: 'user', rate: rates.user ?? defaults.user }),
    };
    const ofRoutes = new Map<string, Limiter>();
    const limitersOf = ({ routeOptions }: FastifyRequest, kind: Kind): Limiter[] => {
      const { limits } = routeOptions.config;
      if (limits === false) return [];
      const rate = limits?.[kind];
      if (!rate) return [ofService[kind]];

      const name = `${[routeOptions.method].flat().join()} ${routeOptions.url ?? ''}`;
      const limiter = ofRoutes.get(`${kind} ${name}`) ?? createLimiter(service, { kind, rate, name });
      ofRoutes.set(`${kind} ${name}`, limiter);
      return [ofService[kind], limiter];
    };
    const count = async (kind: Kind, request: FastifyRequest, reply: FastifyReply) => {
      for (const limiter of limitersOf(request, kind)) await applyLimit(limiter, request, reply);
    };

    service.addHook('onRequest', (request, reply) => count('address', request, reply));
    // After all hooks of `onRequest`, so whoever is logged in is known, and before the body is read.
    service.addHook('preParsing', async (request, reply) => {
      if (findUser(request)) await count('user', request, reply);
    });
  },
  { name: '@cnop/rate-limits', fastify: '5.x' },
);

interface LimiterOptions {
  readonly kind: Kind;
  readonly rate: Rate;
  /** The route that it is for. */
  readonly name?: string;
}

function createLimiter(service: FastifyInstance, { kind, rate, name = '' }: LimiterOptions): Limiter {
  const counted = (request: FastifyRequest) =>
    kind === 'address' ? fastifyRateLimit.normalizeIP(request.ip) : request.user.username;

  return service.createRateLimit({
    max: rate.max,
    timeWindow: rate.windowMs,
    // Every limit has keys of its own, as in Redis all lie side by side.
    keyGenerator: (request) => `${kind} ${name} ${counted(request)}`,
  });
}

async function applyLimit(limiter: Limiter, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const state = await limiter(request);
  if (state.isAllowed) return;

  const nearest = reply.getHeader('ratelimit-remaining');
  if (nearest === undefined || state.remaining <= Number(nearest)) {
    reply.headers({
      'ratelimit-limit': state.max,
      'ratelimit-remaining': state.remaining,
      'ratelimit-reset': state.ttlInSeconds,
    });
  }
  if (state.isExceeded)
    throw new sharedErrors.RateLimitedError({ limit: state.max, retryAfterSeconds: state.ttlInSeconds });
}
