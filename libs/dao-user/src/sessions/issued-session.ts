import type { User } from '@cnop/entities-user';

/** A session that goes on, with the token to go on with. */
export interface IssuedSession {
  readonly user: User;
  /** The epoch of the user's sessions; an access token carries it, so that it ends with them. See `AccessCheck`. */
  readonly sessionEpoch: number;
  /** Which session it is, through all its refresh tokens; an access token carries it, so that it ends with a log-out. */
  readonly sessionId: string;
  /** Opaque, at most 106 characters. Single-use; only its hash is stored. */
  readonly refreshToken: string;
  /** When the refresh token is good no longer, ISO 8601 UTC. */
  readonly expiresAt: string;
  /** Whether an earlier request with the same token had the same answer. */
  readonly replayed: boolean;
}
