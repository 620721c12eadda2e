import { after, landLate, loseResponse, refusalOf, runParallel } from '@cnop/testing';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { database, users, sessions, freshUser } = store;

const deleteUser = (username: string) =>
  users.updateUser({ username, expectedVersion: 1, changes: { status: 'DELETED' } });

describe('UserDao.suspendUser', () => {
  it('suspends a user and logs them out everywhere', async () => {
    const user = await store.register();
    const { refreshToken } = await sessions.createSession(user.username);

    const suspended = await users.suspendUser(user.username.toUpperCase());

    expect(suspended).toEqual({ ...user, status: 'SUSPENDED', version: 2, updatedAt: suspended.updatedAt });
    await expect(users.findAccess(user.username)).resolves.toMatchObject({ status: 'SUSPENDED', sessionEpoch: 1 });
    await expect(refusalOf(sessions.rotateSession(refreshToken))).resolves.toMatchObject({ code: 'SESSION_ENDED' });
  });

  it('leaves a suspended user unchanged', async () => {
    const { username } = await store.register();
    const first = await users.suspendUser(username);

    await expect(users.suspendUser(username)).resolves.toEqual(first);
  });

  it('takes effect once, however many ask for it at once', async () => {
    const { username } = await store.register();

    const { answers, codes } = await runParallel(16, () => users.suspendUser(username));

    expect(codes).toEqual([]);
    expect(new Set(answers.map(({ version }) => version))).toEqual(new Set([2]));
  });

  it('takes effect once when its response is lost', async () => {
    const { username } = await store.register();
    const { http, users: faulty } = store.faulty();
    http.script('UpdateItem', loseResponse());

    await expect(faulty.suspendUser(username)).resolves.toMatchObject({ status: 'SUSPENDED', version: 2 });
  });

  it('is read again when another change comes in between', async () => {
    const { username } = await store.register();
    const { http, users: faulty } = store.faulty();
    const rename = () => users.updateUser({ username, expectedVersion: 1, changes: { firstName: 'Alicia' } });
    http.script('UpdateItem', after(rename));

    await expect(faulty.suspendUser(username)).resolves.toMatchObject({ firstName: 'Alicia', version: 3 });
  });

  it('gives up after too many changes in between', async () => {
    const { username } = await store.register();
    const { http, users: faulty } = store.faulty({ maxAttempts: 2 });
    const rename = (expectedVersion: number) => () =>
      users.updateUser({ username, expectedVersion, changes: { firstName: `Name ${expectedVersion}` } });
    http.script('UpdateItem', after(rename(1)), after(rename(2)));

    await expect(refusalOf(faulty.suspendUser(username))).resolves.toMatchObject({
      code: 'CONTENTION',
      details: { attempts: 2 },
    });
  });

  it('does not undo a later reinstatement when it lands late', async () => {
    const { username } = await store.register();
    const { http, users: faulty } = store.faulty({ maxAttempts: 1 });
    const late = landLate();
    http.script('UpdateItem', late);

    const { code } = await refusalOf(faulty.suspendUser(username));
    await users.suspendUser(username);
    await users.reinstateUser(username);
    await late.release();

    expect(code).toBe('OUTCOME_UNKNOWN');
    await expect(users.getUserByUsername(username)).resolves.toMatchObject({ status: 'ACTIVE' });
  });
});

describe('UserDao.reinstateUser', () => {
  it('lets a suspended user act again, in a session that is new', async () => {
    const { username } = await store.register();
    const { refreshToken } = await sessions.createSession(username);
    await users.suspendUser(username);

    const reinstated = await users.reinstateUser(username);

    expect(reinstated).toMatchObject({ status: 'ACTIVE', version: 3 });
    await expect(refusalOf(sessions.rotateSession(refreshToken))).resolves.toMatchObject({ code: 'SESSION_ENDED' });
    await expect(sessions.createSession(username)).resolves.toMatchObject({ sessionEpoch: 1 });
  });

  it('leaves an active user unchanged', async () => {
    const user = await store.register();

    await expect(users.reinstateUser(user.username)).resolves.toEqual(user);
  });
});

describe.each(['suspendUser', 'reinstateUser'] as const)('UserDao.%s', (method) => {
  it('refuses a user who is deleted, unknown or impossible', async () => {
    const { username } = await store.register();
    await deleteUser(username);

    const codes = [
      await refusalOf(users[method](username)),
      await refusalOf(users[method](freshUser().username)),
      await refusalOf(users[method]('#')),
    ].map(({ code }) => code);

    expect(codes).toEqual(['USER_NOT_ACTIVE', 'USER_NOT_FOUND', 'VALIDATION_FAILED']);
  });
});

describe('UserDao.updateUser', () => {
  it.each(['SUSPENDED', 'DELETED'] as const)('logs a user out everywhere who becomes %s', async (status) => {
    const { username } = await store.register();
    const { refreshToken } = await sessions.createSession(username);

    await users.updateUser({ username, expectedVersion: 1, changes: { status } });

    await expect(users.findAccess(username)).resolves.toMatchObject({ status, sessionEpoch: 1 });
    await expect(refusalOf(sessions.rotateSession(refreshToken))).resolves.toMatchObject({
      details: { reason: 'revoked' },
    });
  });

  it('logs nobody out for a change of anything else', async () => {
    const { username } = await store.register();
    const { refreshToken } = await sessions.createSession(username);

    await users.updateUser({ username, expectedVersion: 1, changes: { firstName: 'Alicia', status: 'ACTIVE' } });

    await expect(sessions.rotateSession(refreshToken)).resolves.toMatchObject({ user: { firstName: 'Alicia' } });
  });
});

describe('UserDao.findAccess', () => {
  it('reads role, status and epoch, and nothing else of the profile', async () => {
    const { username } = await store.register({}, { role: 'admin' });
    const { http, users: watched } = store.faulty();

    const access = await watched.findAccess(username);

    expect(access).toEqual({ role: 'admin', status: 'ACTIVE', sessionEpoch: 0 });
    expect(JSON.parse(http.bodiesOf('GetItem')[0]!)).toMatchObject({
      ProjectionExpression: '#p_1, #p_2, #p_3',
      ExpressionAttributeNames: { '#p_1': 'role', '#p_2': 'status', '#p_3': 'sessionEpoch' },
      ConsistentRead: true,
    });
  });

  it('reads a session in the same request, and no token of it', async () => {
    const { username } = await store.register();
    const { sessionId } = await sessions.createSession(username);
    const { http, users: watched } = store.faulty();

    const access = await watched.findAccess(username, sessionId);

    expect(access).toEqual({ role: 'customer', status: 'ACTIVE', sessionEpoch: 0, sessionEnded: false });
    expect(http.bodiesOf('GetItem')).toEqual([]);
    expect(JSON.parse(http.bodiesOf('BatchGetItem')[0]!)).toMatchObject({
      RequestItems: {
        [database.tableName('users')]: {
          ProjectionExpression: '#p_1, #p_2, #p_3, #p_4, #p_5, #p_6',
          ExpressionAttributeNames: { '#p_3': 'role', '#p_4': 'status', '#p_5': 'sessionEpoch', '#p_6': 'revokedAt' },
          ConsistentRead: true,
        },
      },
    });
  });

  it('says that a session has ended after a log-out, that of another device not, and one that is nobody’s too', async () => {
    const { username } = await store.register();
    const [one, other] = [await sessions.createSession(username), await sessions.createSession(username)];
    const next = await sessions.rotateSession(one.refreshToken);

    await sessions.revokeSession(next.refreshToken);

    const ended = async (sessionId: string) => (await users.findAccess(username, sessionId))?.sessionEnded;
    expect(next.sessionId).toBe(one.sessionId);
    expect([await ended(one.sessionId), await ended(other.sessionId), await ended('x')]).toEqual([true, false, true]);
  });

  it('finds nobody of a name that nobody has', async () => {
    await expect(users.findAccess(freshUser().username, 'x')).resolves.toBeUndefined();
    await expect(users.findAccess(freshUser().username)).resolves.toBeUndefined();
  });
});
