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
