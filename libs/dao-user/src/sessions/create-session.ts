import { executeWrite, putIfAbsent, readItem } from '@cnop/database-core';
import { userErrors } from '@cnop/entities-user';
import { type Session, toSessionItem, userKey } from '@cnop/entities-user/table';
import { usernameSchema } from '@cnop/validation';
import { originOfAddress } from '../logins/login-policy.ts';
import { checkPassword } from '../passwords.ts';
import type { IssuedSession } from './issued-session.ts';
import {
  encodeRefreshToken,
  familyIdOf,
  hashSecret,
  SECRET_BYTES,
  type SessionOwner,
  sessionOwnerIn,
} from './refresh-token.ts';
import type { SessionContext } from './session-lifetimes.ts';

/** Begins a session of a user whose identity was proved elsewhere. */
export async function createSession(context: SessionContext, username: string): Promise<IssuedSession> {
  const { database, table } = context;
  const profile = await readItem(database, { tableName: table.tableName, key: userKey(username) });
  if (!profile) throw new userErrors.UserNotFoundError({ username });

  return await beginSession(context, sessionOwnerIn(profile));
}

/**
 * Puts a new session. It belongs to the epoch that was read with the proof of who the user is: sessions that are all ended in between
 * end this one too.
 *
 * @throws UserNotActiveError, OutcomeUnknownError.
 */
async function beginSession(
  { database, table, lifetimes, randomBytes }: SessionContext,
  { user, sessionEpoch }: SessionOwner,
): Promise<IssuedSession> {
  const { username, status } = user;
  if (status !== 'ACTIVE') throw new userErrors.UserNotActiveError({ username, status });

  const now = database.clock.now().getTime();
  const familyId = familyIdOf(randomBytes);
  const secret = randomBytes(SECRET_BYTES);
  const session: Session = {
    username,
    familyId,
    sessionEpoch,
    tokenHash: hashSecret(secret),
    rotations: 0,
    createdAt: new Date(now).toISOString(),
    expiresAt: new Date(now + lifetimes.absoluteMs).toISOString(),
    idleExpiresAt: new Date(now + lifetimes.idleMs).toISOString(),
    writeId: database.ids.ulid(),
  };

  await executeWrite(database, {
    operation: 'createSession',
    reference: { username },
    guard: {
      write: putIfAbsent(table.tableName, toSessionItem(session)),
      writeId: session.writeId,
      onConditionFailed: () => {
        throw new Error('A session with a fresh id exists already.');
      },
    },
  });
  const refreshToken = encodeRefreshToken({ username, familyId, secret });
  return { user, sessionEpoch, sessionId: familyId, refreshToken, expiresAt: session.idleExpiresAt, replayed: false };
}

/** Who wants to log in, and from where. */
export interface LogIn {
  readonly username: string;
  readonly password: string;
  /** The client's IP address. Clients without one are taken for one and the same. */
  readonly address?: string | undefined;
}

/** Checks a password and begins a session. */
export async function logIn(context: SessionContext, { username, password, address }: LogIn): Promise<IssuedSession> {
  const name = usernameSchema.safeParse(username).data ?? username;
  const profile = await checkPassword(context, { name, password, origin: originOfAddress(name, address) });

  return await beginSession(context, sessionOwnerIn(profile));
}
