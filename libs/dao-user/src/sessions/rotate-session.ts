import { executeWrite, type RawItem, type WriteGuard } from '@cnop/database-core';
import { userErrors } from '@cnop/entities-user';
import { fromSessionItem, type Session, sessionKey, timeToLiveOf } from '@cnop/entities-user/table';
import { type DomainError, sharedErrors } from '@cnop/exceptions';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $add } from 'dynamodb-toolbox/entity/actions/update/symbols';
import { usersEntities } from '../users-entities.ts';
import type { IssuedSession } from './issued-session.ts';
import {
  decodeRefreshToken,
  encodeRefreshToken,
  hashSecret,
  judgeToken,
  readFamily,
  type RefreshToken,
  SECRET_BYTES,
  type SessionOwner,
  successorOf,
} from './refresh-token.ts';
import { endSession } from './revoke-session.ts';
import type { SessionContext } from './session-lifetimes.ts';

/** Gives the next token for one that is good. */
export async function rotateSession(context: SessionContext, text: string): Promise<IssuedSession> {
  const { database, lifetimes } = context;
  const token = decodeRefreshToken(text);
  if (!token) throw new userErrors.SessionEndedError({ reason: 'unknown' });

  const family = await readFamily(context, token);
  const { repeatMs } = lifetimes;
  const verdict = judgeToken(family, hashSecret(token.secret), { now: database.clock.now(), repeatMs });
  const { owner, session } = family;

  if (owner && session && verdict === 'repeat') return issue(owner, token, { session, replayed: true });
  if (owner && session && verdict === 'current') {
    const rotated = await writeRotation(context, token, session);
    return issue(owner, token, rotated);
  }
  if (verdict === 'reused') await endSession(context, token, 'REUSE');
  throw new userErrors.SessionEndedError({ reason: verdict as Exclude<typeof verdict, 'current' | 'repeat'> });
}

interface Rotated {
  readonly session: Session;
  readonly replayed: boolean;
}

/** The answer to a token that has been used: the token that its rotation made, whichever request it was that wrote that. */
function issue(
  { user, sessionEpoch }: SessionOwner,
  { username, familyId, secret }: RefreshToken,
  { session, replayed }: Rotated,
): IssuedSession {
  const successor = successorOf(secret, session.successorSeed ?? '');
  if (hashSecret(successor) !== session.tokenHash) throw new Error('A session does not name the token that is good.');

  const refreshToken = encodeRefreshToken({ username, familyId, secret: successor });
  return { user, sessionEpoch, sessionId: familyId, refreshToken, expiresAt: session.idleExpiresAt, replayed };
}

async function writeRotation(context: SessionContext, token: RefreshToken, session: Session): Promise<Rotated> {
  const { database, lifetimes, randomBytes } = context;
  const now = database.clock.now().getTime();
  const successorSeed = Buffer.from(randomBytes(SECRET_BYTES)).toString('base64url');
  const idleExpiresAt = new Date(Math.min(now + lifetimes.idleMs, Date.parse(session.expiresAt))).toISOString();
  const rotated: Session = {
    ...session,
    tokenHash: hashSecret(successorOf(token.secret, successorSeed)),
    previousTokenHash: session.tokenHash,
    successorSeed,
    rotatedAt: new Date(now).toISOString(),
    idleExpiresAt,
    writeId: database.ids.ulid(),
  };

  const { item, replayed } = await executeWrite(database, {
    operation: 'rotateSession',
    reference: { username: token.username },
    guard: rotationGuard(context, rotated),
  });
  return { session: item ? fromSessionItem(item) : rotated, replayed };
}

/** The condition is the token that was presented: it is single-use. */
function rotationGuard({ database }: SessionContext, rotated: Session): WriteGuard {
  const { username, familyId, tokenHash, previousTokenHash, successorSeed, rotatedAt, idleExpiresAt } = rotated;
  const { Update } = usersEntities(database)
    .session.build(UpdateTransaction)
    .item({
      ...sessionKey(username, familyId),
      tokenHash,
      previousTokenHash,
      successorSeed,
      rotations: $add(1),
      rotatedAt,
      idleExpiresAt,
      writeId: rotated.writeId,
      ttl: timeToLiveOf(idleExpiresAt),
    })
    .options({
      condition: {
        and: [
          { attr: 'tokenHash', eq: previousTokenHash ?? '' },
          { attr: 'revokedAt', exists: false },
        ],
      },
    })
    .params();

  return {
    write: { Update },
    writeId: rotated.writeId,
    onConditionFailed: (oldItem, earlierAttemptUnknown) => rotationRefusal(rotated, oldItem, earlierAttemptUnknown),
  };
}

/**
 * The token was good when this call read it, so what blocks the write is a race and no reuse: a request with the same token that was
 * faster, whose answer is this one's too; or one that has also used the token after it.
 */
function rotationRefusal(
  { username, previousTokenHash }: Session,
  oldItem: RawItem | undefined,
  earlierAttemptUnknown: boolean,
): DomainError | undefined {
  if (!oldItem) return new userErrors.SessionEndedError({ reason: 'unknown' });

  const stored = fromSessionItem(oldItem);
  if (stored.revokedAt !== undefined) return new userErrors.SessionEndedError({ reason: 'revoked' });
  if (stored.previousTokenHash === previousTokenHash) return undefined;
  return earlierAttemptUnknown
    ? new sharedErrors.OutcomeUnknownError({ operation: 'rotateSession', username })
    : new sharedErrors.ContentionError({ attempts: 1 });
}
