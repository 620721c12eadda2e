import type { Session } from '@cnop/entities-user/table';
import { makeUser } from '@cnop/entities-user/testing';
import { judgeToken, type StoredFamily } from '../../../src/sessions/refresh-token.ts';

const now = new Date('2026-01-05T09:30:00.000Z');
const at = (ms: number) => new Date(now.getTime() + ms).toISOString();
const session: Session = {
  username: 'alice',
  familyId: 'f-1',
  sessionEpoch: 2,
  tokenHash: 'good',
  previousTokenHash: 'before',
  successorSeed: 'seed',
  rotations: 3,
  rotatedAt: at(-1_000),
  createdAt: at(-10_000),
  expiresAt: at(10_000),
  idleExpiresAt: at(5_000),
  writeId: 'w-1',
};
const owner = { user: makeUser(), sessionEpoch: 2 };
const judge = (family: StoredFamily, tokenHash = 'good') => judgeToken(family, tokenHash, { now, repeatMs: 1_000 });

describe(judgeToken, () => {
  it('takes the token that is good', () => {
    expect(judge({ owner, session })).toBe('current');
  });

  it.each([
    [0, 'repeat'],
    [-1_000, 'repeat'],
    [-1_001, 'reused'],
    [500, 'repeat'],
  ])('calls the token before, used %i ms from now, a %s', (ms, verdict) => {
    expect(judge({ owner, session: { ...session, rotatedAt: at(ms) } }, 'before')).toBe(verdict);
  });

  it('calls any other token of the family reused, in a family without a rotation too', () => {
    const unused = { ...session, previousTokenHash: undefined, rotatedAt: undefined };

    expect(judge({ owner, session }, 'older')).toBe('reused');
    expect(judge({ owner, session: unused }, 'older')).toBe('reused');
  });

  it.each([
    ['a session that nobody has', { owner }, 'unknown'],
    ['a session that was ended', { owner, session: { ...session, revokedAt: at(-1) } }, 'revoked'],
    ['a session of an epoch that is over', { owner: { ...owner, sessionEpoch: 3 }, session }, 'revoked'],
    ['a session of nobody', { session }, 'revoked'],
    ['a suspended user', { owner: { ...owner, user: makeUser({ status: 'SUSPENDED' }) }, session }, 'revoked'],
    ['a deleted user', { owner: { ...owner, user: makeUser({ status: 'DELETED' }) }, session }, 'revoked'],
    ['a session at its end', { owner, session: { ...session, expiresAt: at(0) } }, 'expired'],
    ['a session unused for too long', { owner, session: { ...session, idleExpiresAt: at(0) } }, 'expired'],
  ])('refuses %s, whatever the token', (_, family, reason) => {
    expect(judge(family)).toBe(reason);
    expect(judge(family, 'older')).toBe(reason);
  });
});
