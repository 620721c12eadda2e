import { sharedErrors } from '@cnop/exceptions';
import { type Clock, systemClock } from '@cnop/utils';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { LRUCache } from 'lru-cache';
import {
  type AccessClaims,
  type AuthenticatedUser,
  getUser,
  isAccessRule,
  requireAccessRules,
  setUser,
} from './access-rules.ts';
import type { TokenVerifier } from './token-verifier.ts';

/** What the plugin `authentication` takes. */
export interface AuthenticationOptions extends ActiveUsersOptions {
  readonly verifier: TokenVerifier;
}

/**
 * A plugin that lets a request through as its route's `config.access` says, and denies it by default.
 *
 * A token counts only while its user is active (asked again after `cacheMs`). Then `request.user` is who sent the request. Before
 * anything of a body is read: 401 AUTHENTICATION_REQUIRED without a good token, 403 ACCESS_DENIED with another role. Register it before
 * the routes: one without a rule stops the start of the service.
 */
export const authentication = fastifyPlugin<AuthenticationOptions>(
  (service: FastifyInstance, { verifier, ...directoryOptions }, done) => {
    const directory = cachedDirectory(directoryOptions);
    const authenticate = async (request: FastifyRequest): Promise<AuthenticatedUser> => {
      const user = await verifier.verify(bearerTokenOf(request));
      if (await directory.isActive(user)) return user;

      throw new sharedErrors.AuthenticationRequiredError(
        {},
        { cause: new Error('The user is not active, or the token is void.') },
      );
    };

    service.decorateRequest('user', {
      getter() {
        return getUser(this);
      },
    });
    requireAccessRules(service);
    service.addHook('onRequest', async (request) => {
      const { access } = request.routeOptions.config;
      if (request.is404 || access === 'public') return;
      // A route that was added before this plugin.
      if (!isAccessRule(access)) throw new sharedErrors.AccessDeniedError({});

      const user = await authenticate(request);
      setUser(request, user);
      if (access !== 'authenticated' && !access.roles.includes(user.role)) throw new sharedErrors.AccessDeniedError({});
    });
    done();
  },
  { name: '@cnop/authentication', fastify: '5.x' },
);

const tokenLengthAtMost = 4_096;

/** @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-2.1} */
function bearerTokenOf({ headers: { authorization = '' } }: FastifyRequest): string {
  const token = /^Bearer +([\w.-]+)$/i.exec(authorization)?.[1];
  if (token !== undefined && token.length <= tokenLengthAtMost) return token;

  throw new sharedErrors.AuthenticationRequiredError({});
}

/** Who knows the users. */
export interface UserDirectory {
  /** Whether the user exists and is active, still has that role, and has ended neither that session nor all since the token was made. */
  isActive(claims: AccessClaims): Promise<boolean>;
}

/** How long an answer of the directory is good. */
export interface ActiveUsersOptions {
  readonly users: UserDirectory;
  /** In milliseconds; 0 asks each time, which fits a directory that keeps its answers itself. Default 1000. */
  readonly cacheMs?: number;
  readonly clock?: Clock;
}

const usersAtMost = 10_000;

/** The directory's answers, each kept for `cacheMs`; requests at once share one question, and a failed one is not kept. */
export function cachedDirectory({ users, cacheMs = 1_000, clock = systemClock }: ActiveUsersOptions): UserDirectory {
  if (cacheMs === 0) return users;

  const answers = new LRUCache<string, boolean, AccessClaims>({
    max: usersAtMost,
    ttl: cacheMs,
    // Ask the clock each time, and hand over an answer even if others have pushed it out meanwhile.
    ttlResolution: 0,
    ignoreFetchAbort: true,
    perf: { now: () => clock.now().getTime() || 1 },
    fetchMethod: (_key, _stale, { context }) => users.isActive(context),
  });

  return {
    isActive: async (claims) => {
      const key = [claims.username, claims.role, claims.sessionEpoch, claims.sessionId].join('\n');

      return (await answers.fetch(key, { context: claims })) ?? false;
    },
  };
}
