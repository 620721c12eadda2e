import { cachedReads, readItem, readItems, type Database } from '@cnop/database-core';
import type { UserAccess } from '@cnop/entities-user';
import { usersTableShape } from '@cnop/entities-user/shape';
import {
  accessAttributes,
  isSessionEnded,
  sessionAccessAttributes,
  sessionKey,
  userAccessIn,
  userKey,
} from '@cnop/entities-user/table';
import type { Clock } from '@cnop/utils';
import { assertWholeSetting, parseInput, usernameSchema } from '@cnop/validation';
import * as z from 'zod';

// Nothing here loads what hashes passwords: a service that asks only whether a user may act needs no native module.

/** Accepts the id of a session, as `SessionDao` gave it. */
const sessionIdSchema = z.string().regex(/^[\w-]{1,64}$/, 'must be 1 to 64 letters, digits, "_" and "-"');

/** Reads what decides whether a user may act; a `UserDao` is one too. */
export interface AccessReader {
  readonly clock: Clock;
  /**
   * Undefined for a name that nobody has. Where a session is named, it also says whether that has ended.
   *
   * @throws ValidationError for what can be nobody's name, or no session's id.
   */
  findAccess(username: string, sessionId?: string): Promise<UserAccess | undefined>;
}

/**
 * The reader over a database. Asks for the status attributes of the profile, and of the session if one is named, in one request,
 * strongly consistent: no more need be permitted. Costs 1 read unit, 2 with a session.
 */
export function getAccessReader(database: Database): AccessReader {
  const tableName = database.tableName(usersTableShape.name);

  return {
    clock: database.clock,
    findAccess: async (username, sessionId) => {
      const name = parseInput(usernameSchema, username);
      const key = userKey(name);
      if (sessionId !== undefined) {
        const keys = [key, sessionKey(name, parseInput(sessionIdSchema, sessionId))];
        const items = await readItems(database, { tableName, keys, attributes: sessionAccessAttributes });
        const profile = items.find(({ sk }) => sk === key.sk);
        const session = items.find(({ sk }) => sk !== key.sk);

        return profile && { ...userAccessIn(profile), sessionEnded: isSessionEnded(session) };
      }
      const item = await readItem(database, { tableName, key, attributes: accessAttributes });

      return item && userAccessIn(item);
    },
  };
}

/** What an access token says of its user. */
export interface AccessClaims extends Pick<UserAccess, 'role' | 'sessionEpoch'> {
  readonly username: string;
  /** The session in which the token was issued; absent in one that belongs to none. */
  readonly sessionId?: string | undefined;
}

/** Tells whether an access token still says the truth. */
export interface AccessCheck {
  /**
   * Whether the user exists and is active, has that role, and has ended neither that session nor all of them since. What can be
   * nobody's name, such as the subject of another issuer, is not active.
   *
   * @throws DatabaseUnavailableError, ThrottledError or DatabaseError.
   */
  isActive(claims: AccessClaims): Promise<boolean>;
}

/** What an {@link AccessCheck} works with. */
export interface AccessCheckOptions {
  readonly reader: AccessReader;
  /** How long what was read is good, in milliseconds of the reader's clock. Default 1000; 0 reads each time. */
  readonly cacheTtlMs?: number;
  /** Users, or their sessions, kept at most; the least recently used one goes first. Default 10000. */
  readonly maxUsers?: number;
}

/**
 * The check that belongs before every request: it reads a user once per `cacheTtlMs` at most, however many requests there are. So who
 * is suspended, deleted, logged out or has got another role is refused within that time.
 *
 * Requests at once share one read; a failed read is not kept. Costs 2 read units per session and `cacheTtlMs` at most.
 *
 * @throws ConfigurationError when an option is not a whole number in its range.
 * @example
 * const access = createAccessCheck({ reader: getAccessReader(database) });
 * if (!(await access.isActive({ username, role, sessionEpoch, sessionId }))) throw new SessionEndedError({ reason: 'revoked' });
 */
export function createAccessCheck({ reader, cacheTtlMs = 1_000, maxUsers = 10_000 }: AccessCheckOptions): AccessCheck {
  assertWholeSetting('cacheTtlMs', cacheTtlMs, { from: 0 });
  assertWholeSetting('maxUsers', maxUsers, { from: 1 });
  const find = cachedReads<typeof nobody>({
    read: async (key) => (await reader.findAccess(...(key.split(separator) as [string, string?]))) ?? nobody,
    clock: reader.clock,
    ttlMs: cacheTtlMs,
    maxKeys: maxUsers,
  });

  return {
    isActive: async ({ username, role, sessionEpoch, sessionId }) => {
      if (!usernameSchema.safeParse(username).success) return false;
      if (sessionId !== undefined && !sessionIdSchema.safeParse(sessionId).success) return false;
      const key = sessionId === undefined ? username : `${username}${separator}${sessionId}`;
      const { status, sessionEnded = false, ...access } = await find(key);

      return status === 'ACTIVE' && access.role === role && access.sessionEpoch === sessionEpoch && !sessionEnded;
    },
  };
}

/** Between name and session in a key of the cache: no name has it. */
const separator = '\n';

/** Nobody, whom the cache can hold too: a token of a user who was never there costs one read as well. */
const nobody: Pick<UserAccess, 'status'> & Partial<UserAccess> = { status: 'DELETED' };
