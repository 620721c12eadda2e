import { readItem } from '@cnop/database-core';
import { emailKey, userItemExtras, userKey } from '@cnop/entities-user/table';
import { after, refusalOf, runParallel } from '@cnop/testing';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { database, users, freshUser } = store;

const read = (key: { pk: string; sk: string }) => readItem(database, { tableName: database.tableName('users'), key });

describe('UserDao.updateUser', () => {
  it('changes what is named, and the version', async () => {
    const user = await store.register({ phone: '+12025550123' });

    const changed = await users.updateUser({
      username: user.username,
      expectedVersion: 1,
      changes: { firstName: 'Alicia', lastName: undefined, marketingEmailsConsent: true, role: 'admin' },
    });

    const expected = { ...user, firstName: 'Alicia', marketingEmailsConsent: true, role: 'admin', version: 2 };
    expect(changed).toEqual({ ...expected, updatedAt: changed.updatedAt });
    await expect(users.getUserByUsername(user.username)).resolves.toEqual(changed);
  });

  it('takes a phone number and a date of birth away by null', async () => {
    const { username } = await store.register({ phone: '+12025550123', dateOfBirth: '1990-02-28' });

    const changed = await users.updateUser({
      username,
      expectedVersion: 1,
      changes: { phone: null, dateOfBirth: null },
    });

    expect(Object.keys(changed)).not.toEqual(expect.arrayContaining(['phone']));
    expect(Object.keys(changed)).not.toEqual(expect.arrayContaining(['dateOfBirth']));
    await expect(users.getUserByUsername(username)).resolves.toEqual(changed);
  });

  it('keeps the password', async () => {
    const create = freshUser();
    await users.createUser(create);
    const before = userItemExtras((await read({ ...userKey(create.username) }))!);

    await users.updateUser({ username: create.username, expectedVersion: 1, changes: { firstName: 'Alicia' } });

    const after = userItemExtras((await read({ ...userKey(create.username) }))!);
    expect(after.passwordHash).toBe(before.passwordHash);
  });

  it('moves the claim on the address with the profile, and frees the old one', async () => {
    const user = await store.register({ phone: '+12025550123' });
    const { email } = freshUser();

    const changed = await users.updateUser({
      username: user.username,
      expectedVersion: 1,
      changes: { email: email.toUpperCase(), phone: null, lastName: 'Hargreaves', firstName: undefined },
    });

    await expect(users.getUserByUsername(user.username)).resolves.toEqual(changed);
    expect(changed).toMatchObject({ email, lastName: 'Hargreaves', firstName: user.firstName, version: 2 });
    expect(Object.keys(changed)).not.toContain('phone');
    await expect(users.findUserByEmail(email)).resolves.toEqual(changed);
    await expect(users.findUserByEmail(user.email)).resolves.toBeUndefined();
    await expect(read({ ...emailKey(user.email) })).resolves.toBeUndefined();
    await expect(users.createUser(freshUser({ email: user.email }))).resolves.toMatchObject({ replayed: false });
  });

  it('takes the address that the user has already', async () => {
    const { username, email } = await store.register();

    const changed = await users.updateUser({ username, expectedVersion: 1, changes: { email } });

    expect(changed).toMatchObject({ email, version: 2 });
    await expect(users.findUserByEmail(email)).resolves.toEqual(changed);
  });

  it('refuses an address that another user has, and changes nothing', async () => {
    const user = await store.register();
    const other = await store.register();

    const change = { username: user.username, expectedVersion: 1, changes: { email: other.email, firstName: 'X' } };
    const { code } = await refusalOf(users.updateUser(change));

    expect(code).toBe('EMAIL_TAKEN');
    await expect(users.getUserByUsername(user.username)).resolves.toEqual(user);
    await expect(users.findUserByEmail(other.email)).resolves.toEqual(other);
    await expect(users.findUserByEmail(user.email)).resolves.toEqual(user);
  });

  it.each([1, 3])('refuses a change at version %i of a user at version 2', async (expectedVersion) => {
    const { username } = await store.register();
    await users.updateUser({ username, expectedVersion: 1, changes: { firstName: 'Alicia' } });

    const change = { username, expectedVersion, changes: { email: freshUser().email } };
    const { code, details } = await refusalOf(users.updateUser(change));

    expect(code).toBe('VERSION_CONFLICT');
    expect(details).toEqual({ resource: 'user', expectedVersion, currentVersion: 2 });
  });

  it.each(['an address', 'a name'])('lets one of 16 racing changes of %s at one version win', async (what) => {
    const { username, email: oldEmail } = await store.register();
    const emails = Array.from({ length: 16 }, () => freshUser().email);

    const { answers, codes } = await runParallel(16, (index) =>
      users.updateUser({
        username,
        expectedVersion: 1,
        changes: what === 'a name' ? { firstName: `Name ${index}` } : { email: emails[index]! },
      }),
    );

    expect(codes).toEqual(Array(15).fill('VERSION_CONFLICT'));
    await expect(users.getUserByUsername(username)).resolves.toEqual(answers[0]);
    const claims = await Promise.all([oldEmail, ...emails].map((email) => read({ ...emailKey(email) })));
    expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
  });

  it('carries out each of 6 racing changes that name no version', async () => {
    const { username } = await store.register();

    const { codes } = await runParallel(6, (index) =>
      users.updateUser({ username, changes: index === 0 ? { phone: '+12025550123' } : { lastName: `Name ${index}` } }),
    );

    expect(codes).toEqual([]);
    await expect(users.getUserByUsername(username)).resolves.toMatchObject({ phone: '+12025550123', version: 7 });
  });

  it('gives up a change that names no version when every attempt is overtaken', async () => {
    const { username } = await store.register();
    const { http, users: overtaken } = store.faulty({ maxAttempts: 2 });
    const faster = () => users.updateUser({ username, changes: { firstName: 'Faster' } });
    http.script('UpdateItem', after(faster), after(faster));

    const { code, details } = await refusalOf(overtaken.updateUser({ username, changes: { lastName: 'Slow' } }));

    expect({ code, details }).toEqual({ code: 'CONTENTION', details: { attempts: 2 } });
    await expect(users.getUserByUsername(username)).resolves.not.toMatchObject({ lastName: 'Slow' });
  });

  it('lets one of 16 users racing for one address win', async () => {
    const racers = await Promise.all(Array.from({ length: 16 }, () => store.register()));
    const { email } = freshUser();

    const { answers, codes } = await runParallel(16, (index) =>
      users.updateUser({ username: racers[index]!.username, expectedVersion: 1, changes: { email } }),
    );

    expect(codes).toEqual(Array(15).fill('EMAIL_TAKEN'));
    await expect(users.findUserByEmail(email)).resolves.toEqual(answers[0]);
  });

  it('lifts a suspension, but never a deletion', async () => {
    const { username } = await store.register();
    const setStatus = (expectedVersion: number, status: 'ACTIVE' | 'SUSPENDED' | 'DELETED') =>
      users.updateUser({ username, expectedVersion, changes: { status } });
    await setStatus(1, 'SUSPENDED');
    await setStatus(2, 'ACTIVE');
    await setStatus(3, 'DELETED');

    const { code, details } = await refusalOf(setStatus(4, 'ACTIVE'));

    expect({ code, details }).toEqual({ code: 'USER_NOT_ACTIVE', details: { username, status: 'DELETED' } });
    await expect(users.getUserByUsername(username)).resolves.toMatchObject({ status: 'DELETED', version: 4 });
    await expect(setStatus(4, 'DELETED')).resolves.toMatchObject({ version: 5 });
  });

  it('refuses a change of a user who does not exist', async () => {
    const { username } = freshUser();

    const { code } = await refusalOf(users.updateUser({ username, expectedVersion: 1, changes: { firstName: 'X' } }));

    expect(code).toBe('USER_NOT_FOUND');
  });

  it.each([{}, { phone: undefined }, { username: 'other' }, { version: 7 }])(
    'refuses the change %j',
    async (changes) => {
      const { username } = await store.register();

      const { code } = await refusalOf(users.updateUser({ username, expectedVersion: 1, changes }));

      expect(code).toBe('VALIDATION_FAILED');
    },
  );
});
