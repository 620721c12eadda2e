import { executeWrite, putIfAbsent, readItem } from '@cnop/database-core';
import { userErrors } from '@cnop/entities-user';
import { toSessionItem, userKey, type Session } from '@cnop/entities-user/table';
import type { IssuedSession } from './issued-session.ts';
import { encodeRefreshToken, familyIdOf, hashSecret, SECRET_BYTES } from './refresh-token.ts';
import type { SessionContext } from './session-context.ts';
import { sessionOwnerIn, type SessionOwner } from './stored-family.ts';

/** Begins a session of a user who has proved who she is elsewhere; see `SessionDao.createSession`. */
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
export async function beginSession(
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
  return { user, sessionEpoch, refreshToken, expiresAt: session.idleExpiresAt, replayed: false };
}
