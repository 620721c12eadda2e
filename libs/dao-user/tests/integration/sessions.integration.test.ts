import { queryItems } from '@cnop/database-core';
import { fromSessionItem, SESSION_PREFIX, userKey, type Session } from '@cnop/entities-user/table';
import { refusalOf, runParallel } from '@cnop/testing';
import { createManualClock } from '@cnop/utils';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { database, users, sessions, freshUser } = store;
const day = 86_400_000;

async function sessionsOf(username: string): Promise<Session[]> {
  const found: Session[] = [];
  const items = queryItems(database, {
    TableName: database.tableName('users'),
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': userKey(username).pk, ':prefix': SESSION_PREFIX },
    ConsistentRead: true,
  });

  for await (const item of items) found.push(fromSessionItem(item));
  return found;
}

/** A user with a session, at a time that the test moves. */
async function openSession() {
  const clock = createManualClock(new Date());
  const { sessions: timed } = store.faulty({ clock });
  const { username } = await store.register();
  const { refreshToken } = await timed.createSession(username);

  return { clock, timed, username, refreshToken };
}

describe('SessionDao.createSession', () => {
  it('begins a session of which only a hash is stored', async () => {
    const user = await store.register();

    const issued = await sessions.createSession(user.username.toUpperCase());

    const [stored] = await sessionsOf(user.username);
    expect(issued).toEqual({
      user,
      sessionEpoch: 0,
      sessionId: expect.stringMatching(/^[\w-]{22}$/) as string,
      refreshToken: expect.stringMatching(/^[\w-]{60,106}$/) as string,
      expiresAt: stored?.idleExpiresAt,
      replayed: false,
    });
    const secret = Buffer.from(issued.refreshToken, 'base64url').subarray(17, 49);
    expect(JSON.stringify(stored)).not.toContain(secret.toString('base64url'));
    expect(JSON.stringify(stored)).not.toContain(issued.refreshToken);
  });

  it('begins as many as are asked for, each for itself', async () => {
    const { username } = await store.register();
    const [one, other] = [await sessions.createSession(username), await sessions.createSession(username)];

    await sessions.revokeSession(one.refreshToken);

    await expect(sessions.rotateSession(other.refreshToken)).resolves.toMatchObject({ replayed: false });
  });

  it('refuses who is not there, and who may not act', async () => {
    const { username } = await store.register();
    await users.suspendUser(username);

    const codes = [
      await refusalOf(sessions.createSession(freshUser().username)),
      await refusalOf(sessions.createSession(username)),
      await refusalOf(sessions.createSession('#')),
    ].map(({ code }) => code);

    expect(codes).toEqual(['USER_NOT_FOUND', 'USER_NOT_ACTIVE', 'VALIDATION_FAILED']);
  });
});

describe('SessionDao.rotateSession', () => {
  it('gives a new token each time, and the user as they now are', async () => {
    const { username } = await store.register();
    const first = await sessions.createSession(username);
    await users.updateUser({ username, expectedVersion: 1, changes: { role: 'admin' } });

    const second = await sessions.rotateSession(first.refreshToken);
    const third = await sessions.rotateSession(second.refreshToken);

    expect(new Set([first, second, third].map(({ refreshToken }) => refreshToken)).size).toBe(3);
    expect(third).toMatchObject({ user: { username, role: 'admin' }, sessionEpoch: 0, replayed: false });
    expect(await sessionsOf(username)).toEqual([expect.objectContaining({ rotations: 2 })]);
  });

  it('answers a repeat by a client that got no answer with the same token, for a minute', async () => {
    const { timed, clock, refreshToken } = await openSession();
    const first = await timed.rotateSession(refreshToken);

    clock.advance(60_000);
    const repeat = await timed.rotateSession(refreshToken);

    expect(repeat).toEqual({ ...first, replayed: true });
    await expect(timed.rotateSession(first.refreshToken)).resolves.toMatchObject({ replayed: false });
  });

  it('gives 32 requests at once with one token the same answer, and ends nothing', async () => {
    const { username } = await store.register();
    const { refreshToken } = await sessions.createSession(username);

    const { answers, codes } = await runParallel(32, () => sessions.rotateSession(refreshToken));

    expect(codes).toEqual([]);
    expect(new Set(answers.map((answer) => answer.refreshToken)).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    await expect(sessions.rotateSession(answers[0]!.refreshToken)).resolves.toMatchObject({ replayed: false });
  });

  it('ends the session when a token is presented after its repeat was over', async () => {
    const { timed, clock, username, refreshToken } = await openSession();
    const { refreshToken: next } = await timed.rotateSession(refreshToken);
    clock.advance(60_001);

    const thief = await refusalOf(timed.rotateSession(refreshToken));
    const owner = await refusalOf(timed.rotateSession(next));

    expect(thief).toMatchObject({ code: 'SESSION_ENDED', details: { reason: 'reused' } });
    expect(owner).toMatchObject({ code: 'SESSION_ENDED', details: { reason: 'revoked' } });
    expect(await sessionsOf(username)).toEqual([expect.objectContaining({ revokedFor: 'REUSE' })]);
  });

  it('ends the session when a token older than the one before is presented, at any time', async () => {
    const { timed, refreshToken } = await openSession();
    const second = await timed.rotateSession(refreshToken);
    const third = await timed.rotateSession(second.refreshToken);

    const { details } = await refusalOf(timed.rotateSession(refreshToken));

    expect(details).toEqual({ reason: 'reused' });
    await expect(refusalOf(timed.rotateSession(third.refreshToken))).resolves.toMatchObject({ code: 'SESSION_ENDED' });
  });

  it('ends only that session of the user', async () => {
    const { timed, username, refreshToken } = await openSession();
    const other = await timed.createSession(username);
    const second = await timed.rotateSession(refreshToken);
    await timed.rotateSession(second.refreshToken);

    await refusalOf(timed.rotateSession(refreshToken));

    await expect(timed.rotateSession(other.refreshToken)).resolves.toMatchObject({ replayed: false });
  });

  it('lets a session end that nobody used for seven days', async () => {
    const { timed, clock, refreshToken } = await openSession();
    clock.advance(7 * day - 1);
    const { refreshToken: next, expiresAt } = await timed.rotateSession(refreshToken);
    expect(Date.parse(expiresAt) - clock.now().getTime()).toBe(7 * day);

    clock.advance(7 * day);

    await expect(refusalOf(timed.rotateSession(next))).resolves.toMatchObject({ details: { reason: 'expired' } });
  });

  it('lets a session end after thirty days, however much it was used', async () => {
    const { timed, clock, refreshToken } = await openSession();
    const end = clock.now().getTime() + 30 * day;
    let last = await timed.rotateSession(refreshToken);

    for (let week = 1; week <= 4; week += 1) {
      clock.advance(7 * day - 1);
      last = await timed.rotateSession(last.refreshToken);
    }
    expect(Date.parse(last.expiresAt)).toBe(end);
    clock.set(new Date(end));

    await expect(refusalOf(timed.rotateSession(last.refreshToken))).resolves.toMatchObject({
      details: { reason: 'expired' },
    });
  });

  it('refuses what is no token, and a token of a session that nobody has, alike', async () => {
    const { refreshToken } = await openSession();
    const bytes = Buffer.from(refreshToken, 'base64url');
    bytes[5]! ^= 1;

    const answers = [
      await refusalOf(sessions.rotateSession('no token')),
      await refusalOf(sessions.rotateSession(bytes.toString('base64url'))),
    ];

    for (const answer of answers) {
      expect(answer).toMatchObject({ code: 'SESSION_ENDED', details: { reason: 'unknown' } });
    }
  });

  it('takes a token for nobody but the user whose it is', async () => {
    const { refreshToken, username } = await openSession();
    const other = await store.register();
    const head = Buffer.from(refreshToken, 'base64url').subarray(0, 49);
    const forged = Buffer.concat([head, Buffer.from(other.username)]).toString('base64url');

    await expect(refusalOf(sessions.rotateSession(forged))).resolves.toMatchObject({ details: { reason: 'unknown' } });
    expect(await sessionsOf(username)).toEqual([
      expect.not.objectContaining({ revokedAt: expect.anything() as unknown }),
    ]);
  });
});

describe('SessionDao.revokeSession', () => {
  it('ends the session by any of its tokens, again and again', async () => {
    const { timed, refreshToken } = await openSession();
    const { refreshToken: next } = await timed.rotateSession(refreshToken);

    await timed.revokeSession(refreshToken);
    await timed.revokeSession(next);

    await expect(refusalOf(timed.rotateSession(next))).resolves.toMatchObject({ details: { reason: 'revoked' } });
  });

  it('keeps the reason for which it was ended first', async () => {
    const { timed, username, refreshToken } = await openSession();
    await timed.revokeSession(refreshToken);

    await refusalOf(timed.rotateSession(refreshToken));

    expect(await sessionsOf(username)).toEqual([expect.objectContaining({ revokedFor: 'LOGOUT' })]);
  });

  it('has nothing to do for what is no token, and makes no session of one that nobody has', async () => {
    const { username } = await store.register();
    const { refreshToken } = await openSession();
    const head = Buffer.from(refreshToken, 'base64url').subarray(0, 49);

    await sessions.revokeSession('');
    await sessions.revokeSession(Buffer.concat([head, Buffer.from(username)]).toString('base64url'));

    expect(await sessionsOf(username)).toEqual([]);
  });
});

describe('SessionDao.revokeAllSessions', () => {
  it('ends every session of the user and of nobody else, and lets new ones begin', async () => {
    const { username } = await store.register();
    const stranger = await openSession();
    const old = [await sessions.createSession(username), await sessions.createSession(username)];

    await sessions.revokeAllSessions(username);

    for (const { refreshToken } of old) {
      const { details } = await refusalOf(sessions.rotateSession(refreshToken));
      expect(details).toEqual({ reason: 'revoked' });
    }
    const next = await sessions.createSession(username);
    expect(next.sessionEpoch).toBe(1);
    await expect(sessions.rotateSession(next.refreshToken)).resolves.toMatchObject({ sessionEpoch: 1 });
    await expect(sessions.rotateSession(stranger.refreshToken)).resolves.toMatchObject({ sessionEpoch: 0 });
  });

  it('is noticed by an access token of the epoch before', async () => {
    const { username } = await store.register();
    await expect(users.findAccess(username)).resolves.toEqual({ role: 'customer', status: 'ACTIVE', sessionEpoch: 0 });

    await sessions.revokeAllSessions(username);

    await expect(users.findAccess(username)).resolves.toMatchObject({ sessionEpoch: 1 });
  });

  it('does not fail for other changes of the profile at the same time', async () => {
    const { username } = await store.register();

    const { codes } = await runParallel(8, () => sessions.revokeAllSessions(username));

    expect(codes).toEqual([]);
    await expect(users.findAccess(username)).resolves.toMatchObject({ sessionEpoch: 8 });
  });

  it('refuses a user who is not there', async () => {
    const { code } = await refusalOf(sessions.revokeAllSessions(freshUser().username));

    expect(code).toBe('USER_NOT_FOUND');
  });
});
