import { readItem } from '@cnop/database-core';
import { userSchema } from '@cnop/entities-user';
import { emailKey, userItemExtras, userKey } from '@cnop/entities-user/table';
import { refusalOf, runParallel } from '@cnop/testing';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { database, users, freshUser } = store;

const read = (key: { pk: string; sk: string }) => readItem(database, { tableName: database.tableName('users'), key });

describe('UserDao.createUser', () => {
  it('stores the user, active, a customer, at version 1', async () => {
    const create = freshUser({ phone: '+12025550123', dateOfBirth: '1990-02-28' });

    const { user, replayed } = await users.createUser(create);

    const { username, email, phone, dateOfBirth } = create;
    expect(user).toMatchObject({ username, email, phone, dateOfBirth, role: 'customer', status: 'ACTIVE', version: 1 });
    expect(replayed).toBe(false);
    await expect(users.getUserByUsername(create.username)).resolves.toEqual(user);
  });

  it('lower-cases the name and the address', async () => {
    const create = freshUser();

    const { user } = await users.createUser({
      ...create,
      username: create.username.toUpperCase(),
      email: ` ${create.email.toUpperCase()} `,
    });

    expect(user).toMatchObject({ username: create.username, email: create.email });
    await expect(users.getUserByUsername(create.username.toUpperCase())).resolves.toEqual(user);
    await expect(refusalOf(users.createUser(create))).resolves.toMatchObject({ code: 'USERNAME_TAKEN' });
  });

  it('gives the role it is told to give', async () => {
    const { user } = await users.createUser(freshUser(), { role: 'price-feed' });

    expect(user.role).toBe('price-feed');
  });

  it('refuses a role or a status in the registration itself', async () => {
    const create = { ...freshUser(), role: 'admin' };

    await expect(refusalOf(users.createUser(create))).resolves.toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it('keeps the password as an argon2id hash only, and never in the user', async () => {
    const create = freshUser();

    const { user } = await users.createUser(create);

    const item = (await read({ ...userKey(user.username) }))!;
    expect(userItemExtras(item).passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(JSON.stringify(item)).not.toContain(create.password);
    expect(userSchema.parse(user)).toEqual(user);
    expect(userSchema.parse(await users.getUserByUsername(user.username))).toEqual(user);
  });

  it('registers one of 32 parallel registrations of one username', async () => {
    const { username } = freshUser();
    const creates = Array.from({ length: 32 }, () => freshUser({ username }));

    const { answers, codes } = await runParallel(32, (index) => users.createUser(creates[index]!));

    expect(codes).toEqual(Array(31).fill('USERNAME_TAKEN'));
    await expect(users.getUserByUsername(username)).resolves.toEqual(answers[0]?.user);
    const found = await Promise.all(creates.map(({ email }) => users.findUserByEmail(email)));
    expect(found.filter((user) => user !== undefined)).toEqual([answers[0]?.user]);
    const claims = await Promise.all(creates.map(({ email }) => read({ ...emailKey(email) })));
    expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
  });

  it('registers one of 32 parallel registrations of one e-mail address', async () => {
    const { email } = freshUser();
    const creates = Array.from({ length: 32 }, () => freshUser({ email }));

    const { answers, codes } = await runParallel(32, (index) => users.createUser(creates[index]!));

    expect(codes).toEqual(Array(31).fill('EMAIL_TAKEN'));
    await expect(users.findUserByEmail(email)).resolves.toEqual(answers[0]?.user);
    const profiles = await Promise.all(creates.map(({ username }) => read({ ...userKey(username) })));
    expect(profiles.filter((profile) => profile !== undefined)).toHaveLength(1);
  });

  it('answers a repeat under the same key with the user as it now stands', async () => {
    const create = freshUser();
    const idempotencyKey = 'registration-1';
    const first = await users.createUser(create, { idempotencyKey });
    const now = await users.updateUser({
      username: create.username,
      expectedVersion: 1,
      changes: { firstName: 'Alicia', email: freshUser().email },
    });

    const repeat = await users.createUser(create, { idempotencyKey });

    expect(first.replayed).toBe(false);
    expect(repeat).toEqual({ user: now, replayed: true });
  });

  it('gives 32 parallel repeats of one key the same answer', async () => {
    const create = freshUser();

    const { answers } = await runParallel(32, () => users.createUser(create, { idempotencyKey: 'registration-2' }));

    expect(answers).toHaveLength(32);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    for (const { user } of answers) expect(user).toEqual(answers[0]?.user);
  });

  it('refuses a key that stood for another body, role or password', async () => {
    const create = freshUser();
    const idempotencyKey = 'registration-3';
    await users.createUser(create, { idempotencyKey });

    const codes = [
      await refusalOf(users.createUser({ ...create, lastName: 'Other' }, { idempotencyKey })),
      await refusalOf(users.createUser(create, { idempotencyKey, role: 'admin' })),
      await refusalOf(users.createUser({ ...create, password: 'quite another password' }, { idempotencyKey })),
    ].map(({ code }) => code);

    expect(codes).toEqual(Array(3).fill('IDEMPOTENCY_KEY_REUSED'));
  });

  it('is no way around the delays of log-in', async () => {
    const create = freshUser();
    const options = { idempotencyKey: 'registration-7', address: '203.0.113.9' };
    await users.createUser(create, options);
    const guess = async (index: number) =>
      (await refusalOf(users.createUser({ ...create, password: `quite another ${index}` }, options))).code;

    const codes: string[] = [];
    for (let index = 0; index < 6; index += 1) codes.push(await guess(index));
    const { username, password } = create;
    const logIn = (address: string) => store.sessions.logIn({ username, password, address });

    expect(codes).toEqual([...Array<string>(5).fill('IDEMPOTENCY_KEY_REUSED'), 'LOGIN_DELAYED']);
    expect((await refusalOf(users.createUser(create, options))).code).toBe('LOGIN_DELAYED');
    expect((await refusalOf(logIn('203.0.113.9'))).code).toBe('LOGIN_DELAYED');
    await expect(logIn('192.0.2.1')).resolves.toMatchObject({ replayed: false });
    await expect(users.createUser(create, { ...options, address: '192.0.2.1' })).resolves.toMatchObject({
      replayed: true,
    });
  });

  it('calls a name taken for another key, and for none', async () => {
    const create = freshUser();
    await users.createUser(create, { idempotencyKey: 'registration-4' });

    const other = await refusalOf(users.createUser(create, { idempotencyKey: 'registration-5' }));
    const none = await refusalOf(users.createUser(create));

    expect([other.code, none.code]).toEqual(['USERNAME_TAKEN', 'USERNAME_TAKEN']);
  });

  it('stores nothing of a refused registration, so that its key may be tried again', async () => {
    const taken = freshUser();
    await users.createUser(taken);
    const create = freshUser();
    const idempotencyKey = 'registration-6';

    const refusal = await refusalOf(users.createUser({ ...create, email: taken.email }, { idempotencyKey }));
    const { replayed } = await users.createUser(create, { idempotencyKey });

    expect(refusal.code).toBe('EMAIL_TAKEN');
    expect(replayed).toBe(false);
  });

  it('refuses what is no registration, naming each field', async () => {
    const create = freshUser({ username: 'a#b', password: 'short' });

    const { code, details } = await refusalOf(users.createUser(create));

    expect(code).toBe('VALIDATION_FAILED');
    expect(details).toMatchObject({ issues: [{ pointer: '/username' }, { pointer: '/password' }] });
  });
});

describe('UserDao.getUserByUsername', () => {
  it('refuses a name nobody has', async () => {
    const { username } = freshUser();

    const { code, details } = await refusalOf(users.getUserByUsername(username));

    expect({ code, details }).toEqual({ code: 'USER_NOT_FOUND', details: { username } });
  });
});

describe('UserDao.findUserByEmail', () => {
  it('finds the user whatever the case of the address', async () => {
    const user = await store.register();

    await expect(users.findUserByEmail(` ${user.email.toUpperCase()} `)).resolves.toEqual(user);
  });

  it('finds nobody by an address nobody has', async () => {
    await expect(users.findUserByEmail('nobody@example.com')).resolves.toBeUndefined();
  });
});
