import { sharedErrors } from '@cnop/exceptions';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';

/**
 * Who may use a route: anyone (`public`), whoever is logged in (`authenticated`), or users of these roles.
 *
 * @example
 * service.post('/v1/assets', { config: { access: { roles: ['ADMIN'] } } }, handler);
 */
export type AccessRule = 'public' | 'authenticated' | { readonly roles: readonly [string, ...string[]] };

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may use the route. A route without a rule stops the start of the service. */
    access?: AccessRule;
  }
}

/** Whether a route's setting is a rule; a word that is none of ours, or an empty list of roles, is not. */
export function isAccessRule(setting: unknown): setting is AccessRule {
  if (setting === 'public' || setting === 'authenticated') return true;

  const { roles } = Object(setting) as { readonly roles?: unknown };
  return Array.isArray(roles) && roles.length > 0 && roles.every((role) => typeof role === 'string' && role !== '');
}

/** What an access token says of its user. */
export interface AccessClaims {
  /** Lower-case, of a closed alphabet: the only source of the user's partition key. */
  readonly username: string;
  readonly role: string;
  /** Counts how often all sessions of the user were ended at once; a token of an earlier epoch is void. */
  readonly sessionEpoch: number;
  /** The session in which the token was issued, its claim `sid`; a token of a session that has ended is void. */
  readonly sessionId?: string | undefined;
}

/** The user on whose behalf a request comes, as the token says and the directory has confirmed. */
export interface AuthenticatedUser extends AccessClaims {
  readonly tokenId: string;
  readonly expiresAt: Date;
}

declare module 'fastify' {
  interface FastifyRequest {
    /**
     * The user who sent the request.
     *
     * @throws AuthenticationRequiredError on a public route, where nobody is known.
     */
    readonly user: AuthenticatedUser;
  }
}

const users = new WeakMap<FastifyRequest, AuthenticatedUser>();

/** Remembers who sent the request. */
export function setUser(request: FastifyRequest, user: AuthenticatedUser): void {
  users.set(request, user);
}

/** Who sent the request, if that is known. */
export const findUser = (request: FastifyRequest): AuthenticatedUser | undefined => users.get(request);

/** Who sent the request. @throws {@link sharedErrors.AuthenticationRequiredError} when that is not known. */
export function getUser(request: FastifyRequest): AuthenticatedUser {
  const user = findUser(request);
  if (!user) throw new sharedErrors.AuthenticationRequiredError({});

  return user;
}

/**
 * Stops the start of a service that has a route without an access rule, naming all of them.
 *
 * The rules are looked at when all plugins are loaded, so a plugin may still set them for the routes it adds.
 */
export function requireAccessRules(service: FastifyInstance): void {
  const routes: RouteOptions[] = [];

  service.addHook('onRoute', (route) => {
    routes.push(route);
  });
  service.addHook('onReady', (done) => {
    const open = routes.filter(({ config }) => !isAccessRule(config?.access));
    const names = open.map(({ method, url }) => `${[method].flat().join(',')} ${url}`);

    done(
      names.length > 0
        ? new sharedErrors.ConfigurationError({
            settings: names.map((name) => ({
              setting: `config.access of ${name}`,
              rule: "must be 'public', 'authenticated' or { roles: [one or more] }",
            })),
          })
        : undefined,
    );
  });
}
