import { AuthenticationRequiredError } from '@cnop/exceptions';
import type { FastifyRequest } from 'fastify';

/** What an access token says of its user. */
export interface AccessClaims {
  /** Lower-case, of a closed alphabet: the only source of the user's partition key. */
  readonly username: string;
  readonly role: string;
  /** Counts how often all sessions of the user were ended at once; a token of an earlier epoch is void. */
  readonly sessionEpoch: number;
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

/** Who sent the request. @throws {@link AuthenticationRequiredError} when that is not known. */
export function getUser(request: FastifyRequest): AuthenticatedUser {
  const user = findUser(request);
  if (!user) throw new AuthenticationRequiredError({});

  return user;
}
