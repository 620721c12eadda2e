import { readItem } from '@cnop/database-core';
import { userItemExtras, userKey } from '@cnop/entities-user/table';
import { after, landLate, loseRequest, loseResponse, pass, refusalOf, runParallel } from '@cnop/testing';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { database, users, sessions, freshUser } = store;
const { password: currentPassword } = freshUser();
const newPassword = 'quite another password';

const extrasOf = async (username: string) =>
  userItemExtras(
    (await readItem(database, { tableName: database.tableName('users'), key: { ...userKey(username) } }))!,
  );

describe('UserDao.changePassword', () => {
  it('replaces the password by a hash of the new one, and returns the user as changed', async () => {
    const user = await store.register();

    const changed = await users.changePassword({ username: user.username, currentPassword, newPassword });

    expect(changed).toEqual({ ...user, version: 2, updatedAt: changed.updatedAt });
    await expect(users.verifyPassword({ username: user.username, password: newPassword })).resolves.toEqual(changed);
    await expect(
      refusalOf(users.verifyPassword({ username: user.username, password: currentPassword })),
    ).resolves.toMatchObject({ code: 'CREDENTIALS_INVALID' });
    expect((await extrasOf(user.username)).passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('logs the user out everywhere in the same write', async () => {
    const { username } = await store.register();
    const { refreshToken } = await sessions.createSession(username);

    await users.changePassword({ username, currentPassword, newPassword });

    await expect(refusalOf(sessions.rotateSession(refreshToken))).resolves.toMatchObject({ code: 'SESSION_ENDED' });
    await expect(users.findAccess(username)).resolves.toMatchObject({ sessionEpoch: 1 });
  });

  it('refuses a wrong password and an unknown user alike, and changes nothing', async () => {
    const { username } = await store.register();
    const before = await extrasOf(username);

    const answers = [
      await refusalOf(users.changePassword({ username, currentPassword: 'wrong', newPassword })),
      await refusalOf(users.changePassword({ username: freshUser().username, currentPassword, newPassword })),
    ].map(({ code, details }) => ({ code, details }));

    expect(answers).toEqual(Array(2).fill({ code: 'CREDENTIALS_INVALID', details: {} }));
    await expect(extrasOf(username)).resolves.toEqual(before);
  });

  it('refuses a suspended user who knows the password', async () => {
    const { username } = await store.register();
    await users.suspendUser(username);

    await expect(refusalOf(users.changePassword({ username, currentPassword, newPassword }))).resolves.toMatchObject({
      code: 'USER_NOT_ACTIVE',
    });
  });

  it.each(['short', 'x'.repeat(129)])('refuses a new password that is none: %s', async (wrong) => {
    const { username } = await store.register();

    const { code, details } = await refusalOf(users.changePassword({ username, currentPassword, newPassword: wrong }));

    expect(code).toBe('VALIDATION_FAILED');
    expect(details).toMatchObject({ issues: [{ pointer: '/newPassword' }] });
    expect(JSON.stringify(details)).not.toContain(wrong);
  });

  it('slows down guesses, apart from those to log in', async () => {
    const { username } = await store.register();
    const guess = () => refusalOf(users.changePassword({ username, currentPassword: 'wrong', newPassword }));

    const codes: string[] = [];
    for (let count = 0; count < 6; count += 1) codes.push((await guess()).code);

    expect(codes).toEqual([...Array<string>(5).fill('CREDENTIALS_INVALID'), 'LOGIN_DELAYED']);
    await expect(sessions.logIn({ username, password: currentPassword, address: '192.0.2.1' })).resolves.toMatchObject({
      replayed: false,
    });
  });

  it('lets one of several changes at once take effect', async () => {
    const { username } = await store.register();
    const passwords = Array.from({ length: 4 }, (_, index) => `${newPassword} ${index}`);

    const { answers, codes } = await runParallel(4, (index) =>
      users.changePassword({ username, currentPassword, newPassword: passwords[index]! }),
    );

    expect(answers).toHaveLength(1);
    expect(codes.every((code) => ['VERSION_CONFLICT', 'CREDENTIALS_INVALID'].includes(code))).toBe(true);
    const good = await Promise.all(
      passwords.map((password) =>
        users.verifyPassword({ username, password }).then(
          () => true,
          () => false,
        ),
      ),
    );
    expect(good.filter(Boolean)).toHaveLength(1);
  });

  it('does not mind other changes of the profile at the same time', async () => {
    const { username } = await store.register();
    const { http, users: faulty } = store.faulty();
    const rename = () => users.updateUser({ username, expectedVersion: 1, changes: { firstName: 'Alicia' } });
    // The third update is that of the profile: the attempt and its success come before.
    http.script('UpdateItem', pass(), pass(), after(rename));

    const changed = await faulty.changePassword({ username, currentPassword, newPassword });

    expect(changed).toMatchObject({ firstName: 'Alicia', version: 3 });
  });
});

describe('a change of a password', () => {
  it.each([loseResponse(), loseRequest()])('takes effect once when its exchange is disturbed', async (fault) => {
    const { username } = await store.register();
    const { http, users: faulty } = store.faulty();
    http.script('UpdateItem', pass(), pass(), fault);

    const changed = await faulty.changePassword({ username, currentPassword, newPassword });

    expect(changed).toEqual(await users.getUserByUsername(username));
    await expect(users.findAccess(username)).resolves.toMatchObject({ sessionEpoch: 1 });
  });

  it('is its own success when the profile is changed before the resend', async () => {
    const { username } = await store.register();
    const { http, users: faulty } = store.faulty();
    const suspend = () => users.suspendUser(username);
    http.script('UpdateItem', pass(), pass(), loseResponse(), after(suspend));

    const changed = await faulty.changePassword({ username, currentPassword, newPassword });

    expect(changed).toMatchObject({ status: 'SUSPENDED', version: 3 });
  });

  it('is refused when another came first', async () => {
    const { username } = await store.register();
    const { http, users: faulty } = store.faulty();
    const other = () => users.changePassword({ username, currentPassword, newPassword: 'another was faster' });
    http.script('UpdateItem', pass(), pass(), after(other));

    const { code, details } = await refusalOf(faulty.changePassword({ username, currentPassword, newPassword }));

    expect({ code, details }).toEqual({
      code: 'VERSION_CONFLICT',
      details: { resource: 'user', expectedVersion: 1, currentVersion: 2 },
    });
  });

  it('stays unknown when another may hide that it took effect', async () => {
    const { username } = await store.register();
    const { http, users: faulty } = store.faulty();
    const other = () =>
      users.changePassword({ username, currentPassword: newPassword, newPassword: 'changed once again' });
    http.script('UpdateItem', pass(), pass(), loseResponse(), after(other));

    await expect(refusalOf(faulty.changePassword({ username, currentPassword, newPassword }))).resolves.toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      details: { operation: 'changePassword', username },
    });
  });

  it('changes nothing when it lands after another', async () => {
    const { username } = await store.register();
    const { http, users: faulty } = store.faulty({ maxAttempts: 1 });
    const late = landLate();
    http.script('UpdateItem', pass(), pass(), late);

    const { code } = await refusalOf(faulty.changePassword({ username, currentPassword, newPassword }));
    await users.changePassword({ username, currentPassword, newPassword: 'the one that counts' });
    await late.release();

    expect(code).toBe('OUTCOME_UNKNOWN');
    await expect(users.verifyPassword({ username, password: 'the one that counts' })).resolves.toMatchObject({
      version: 2,
    });
  });
});
