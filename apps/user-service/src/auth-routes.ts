import type { IssuedSession, SessionDao, UserDao } from '@cnop/dao-user';
import {
  logInRequestSchema,
  refreshRequestSchema,
  tokenResponseSchema,
  toUserResponse,
  userCreateSchema,
  userResponseSchema,
  type TokenResponse,
} from '@cnop/entities-user';
import { findIdempotencyKey, markReplayed, noQuery, type RouteLimits, type TokenIssuer } from '@cnop/middleware';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import * as z from 'zod';

/** What the routes of registration and sessions work with. */
export interface AuthRoutesOptions {
  readonly users: UserDao;
  readonly sessions: SessionDao;
  readonly issuer: TokenIssuer;
  /** For each address, on each of these routes. Default 20 a minute. */
  readonly limits?: RouteLimits;
}

const shared = { tags: ['authentication'], querystring: noQuery };
const strictLimits: RouteLimits = { address: { max: 20, windowMs: 60_000 } };

/** `/v1/auth`: register, log in, go on with a session, end it. */
export const authRoutes: FastifyPluginCallbackZod<AuthRoutesOptions> = (service, options, done) => {
  const { users, sessions, issuer, limits = strictLimits } = options;
  const config = { access: 'public', limits } as const;
  const tokensOf = async ({ user, sessionEpoch, sessionId, refreshToken }: IssuedSession): Promise<TokenResponse> => {
    const { username, role } = user;

    return { ...(await issuer.issue({ username, role, sessionEpoch, sessionId })), refreshToken };
  };

  service.post(
    '/v1/auth/register',
    {
      config: { ...config, idempotent: true },
      schema: {
        ...shared,
        operationId: 'register',
        summary: 'Registers a user.',
        body: userCreateSchema,
        response: { 201: userResponseSchema },
      },
    },
    async (request, reply) => {
      const { body, ip: address } = request;
      const { user, replayed } = await users.createUser(body, { idempotencyKey: findIdempotencyKey(request), address });

      markReplayed(reply.code(201), replayed);
      return toUserResponse(user);
    },
  );
  service.post(
    '/v1/auth/login',
    {
      config,
      schema: {
        ...shared,
        operationId: 'logIn',
        summary: 'Begins a session.',
        body: logInRequestSchema,
        response: { 200: tokenResponseSchema },
      },
    },
    async ({ body, ip: address }) => await tokensOf(await sessions.logIn({ ...body, address })),
  );
  service.post(
    '/v1/auth/refresh',
    {
      config,
      schema: {
        ...shared,
        operationId: 'refreshSession',
        summary: 'Goes on with a session: a refresh token is single-use, and a copy of a used one ends the session.',
        body: refreshRequestSchema,
        response: { 200: tokenResponseSchema },
      },
    },
    async ({ body }) => await tokensOf(await sessions.rotateSession(body.refreshToken)),
  );
  service.post(
    '/v1/auth/logout',
    {
      config,
      schema: {
        ...shared,
        operationId: 'logOut',
        summary: 'Ends the session of a refresh token, and the access tokens of that session.',
        body: refreshRequestSchema,
        response: { 204: z.undefined().describe('The session is over.') },
      },
    },
    async ({ body }, reply) => {
      await sessions.revokeSession(body.refreshToken);

      return await reply.code(204).send();
    },
  );
  done();
};
