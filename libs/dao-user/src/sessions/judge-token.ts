import type { SessionEndReason } from '@cnop/entities-user';
import type { StoredFamily } from './stored-family.ts';

/** The moment at which a token is judged. */
export interface Judgement {
  readonly now: Date;
  /** For how long after its use a token may be presented again. */
  readonly repeatMs: number;
}

/**
 * What a presented token is to its family: the one that is good, a repeat of the one before by a client that may not have got the
 * answer, or why it is not taken.
 *
 * Whatever is neither the token that is good nor the one before was good once, or somebody made it up who knows the family: a reuse
 * either way.
 */
export function judgeToken(
  { owner, session }: StoredFamily,
  tokenHash: string,
  { now, repeatMs }: Judgement,
): 'current' | 'repeat' | SessionEndReason {
  if (!session) return 'unknown';
  if (session.revokedAt !== undefined) return 'revoked';
  if (owner?.user.status !== 'ACTIVE' || owner.sessionEpoch !== session.sessionEpoch) return 'revoked';
  if (now.getTime() >= Math.min(Date.parse(session.expiresAt), Date.parse(session.idleExpiresAt))) return 'expired';
  if (tokenHash === session.tokenHash) return 'current';

  const isRecent = session.rotatedAt !== undefined && now.getTime() - Date.parse(session.rotatedAt) <= repeatMs;
  return tokenHash === session.previousTokenHash && isRecent ? 'repeat' : 'reused';
}
