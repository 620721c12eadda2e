import { after, crashAfter, crashBefore, loseRequest, loseResponse, refusalOf, runParallel } from '@cnop/testing';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { users, freshUser } = store;

describe('UserDao.ensureUser', () => {
  it('registers a user who does not exist, in the role asked for', async () => {
    const create = freshUser();

    const { user, created } = await users.ensureUser(create, { role: 'admin' });

    expect({ role: user.role, created }).toEqual({ role: 'admin', created: true });
    await expect(users.getUserByUsername(create.username)).resolves.toEqual(user);
  });

  it('leaves an existing user unchanged, password and all', async () => {
    const create = freshUser();
    const { user } = await users.ensureUser(create, { role: 'price-feed' });
    await users.changePassword({
      username: create.username,
      currentPassword: create.password,
      newPassword: 'a password of their own',
    });

    const again = await users.ensureUser({ ...create, lastName: 'Other' }, { role: 'price-feed' });

    expect(again).toMatchObject({ created: false, user: { lastName: user.lastName, version: 2 } });
    await expect(
      users.verifyPassword({ username: create.username, password: 'a password of their own' }),
    ).resolves.toMatchObject({ version: 2 });
  });

  it('registers one user for 16 processes at once, and returns the same one to each', async () => {
    const create = freshUser();

    const { answers, codes } = await runParallel(16, () => users.ensureUser(create, { role: 'admin' }));

    expect(codes).toEqual([]);
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
    for (const { user } of answers) expect(user).toEqual(answers[0]?.user);
  });

  it('makes no administrator of a customer who has the name', async () => {
    const { username } = await store.register();

    const { code } = await refusalOf(users.ensureUser(freshUser({ username }), { role: 'admin' }));

    expect(code).toBe('USERNAME_TAKEN');
    await expect(users.getUserByUsername(username)).resolves.toMatchObject({ role: 'customer' });
  });

  it('makes none of one who takes it in between either', async () => {
    const create = freshUser();
    const { http, users: faulty } = store.faulty();
    const register = () => users.createUser(freshUser({ username: create.username }));
    http.script('TransactWriteItems', after(register));

    await expect(refusalOf(faulty.ensureUser(create, { role: 'admin' }))).resolves.toMatchObject({
      code: 'USERNAME_TAKEN',
    });
  });

  it('refuses an address that another user has', async () => {
    const { email } = await store.register();

    await expect(refusalOf(users.ensureUser(freshUser({ email })))).resolves.toMatchObject({ code: 'EMAIL_TAKEN' });
  });

  it.each([loseResponse(), loseRequest()])('takes effect once when its exchange is disturbed', async (fault) => {
    const create = freshUser();
    const { http, users: faulty } = store.faulty();
    http.script('TransactWriteItems', fault);

    await expect(faulty.ensureUser(create)).resolves.toMatchObject({ created: true });
  });

  it.each([crashBefore(), crashAfter()])('is finished by the next process when one dies', async (fault) => {
    const create = freshUser();
    const { http, users: faulty } = store.faulty();
    http.script('TransactWriteItems', fault);

    void faulty.ensureUser(create, { role: 'admin' });
    await http.crashed;

    await expect(users.ensureUser(create, { role: 'admin' })).resolves.toMatchObject({ user: { role: 'admin' } });
  });
});
