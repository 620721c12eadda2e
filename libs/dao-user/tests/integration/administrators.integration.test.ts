import { readItem } from '@cnop/database-core';
import { administratorsKey, decodeUsersItem } from '@cnop/entities-user/table';
import { loseResponse, refusalOf, runParallel } from '@cnop/testing';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { database, users } = store;
const item = { tableName: database.tableName('users'), key: { ...administratorsKey } };

const forgetAdministrators = () =>
  database.writer.send(new DeleteCommand({ TableName: item.tableName, Key: { ...administratorsKey } }));
const register = async () => (await store.register({}, { role: 'admin' })).username;
const named = async () => {
  const record = decodeUsersItem((await readItem(database, item)) ?? administratorsKey);
  return record.kind === 'administrators' ? [...record.administrators.usernames].sort() : undefined;
};

beforeEach(forgetAdministrators);

describe('the last active administrator', () => {
  const changes = {
    suspended: (username: string) => users.suspendUser(username),
    deleted: (username: string) => users.updateUser({ username, changes: { status: 'DELETED' } }),
    'given another role': (username: string) => users.updateUser({ username, changes: { role: 'customer' } }),
  };

  it.each(Object.entries(changes))('is not %s', async (_, change) => {
    const [suspended, last] = [await register(), await register()];
    await store.register();
    await users.suspendUser(suspended);

    expect((await refusalOf(change(last))).code).toBe('LAST_ADMIN');
    await expect(users.findAccess(last)).resolves.toEqual({ role: 'admin', status: 'ACTIVE', sessionEpoch: 0 });
    await users.reinstateUser(suspended);
    await expect(change(last)).resolves.toMatchObject({ username: last });
    expect(await named()).toEqual([suspended]);
  });

  it.each(Object.entries(changes))('is there after the last two are %s at once', async (_, change) => {
    const pair = [await register(), await register()];

    const { codes } = await runParallel(2, (index) => change(pair[index]!));

    expect(codes).toEqual(['LAST_ADMIN']);
    const accesses = await Promise.all(pair.map((username) => users.findAccess(username)));
    const active = accesses.filter((access) => access?.status === 'ACTIVE' && access.role === 'admin');
    expect(active).toHaveLength(1);
    expect(await named()).toHaveLength(1);
  });

  it('may end all sessions and change everything else', async () => {
    const username = await register();

    await users.updateUser({ username, changes: { lastName: 'Root', status: 'ACTIVE', role: 'admin' } });

    await expect(users.getUserByUsername(username)).resolves.toMatchObject({ lastName: 'Root', version: 2 });
  });
});

describe('an administrator', () => {
  it('is suspended once when the response is lost', async () => {
    const [username, other] = [await register(), await register()];
    const { http, users: faulty } = store.faulty();
    http.script('TransactWriteItems', loseResponse());

    await expect(faulty.suspendUser(username)).resolves.toMatchObject({ status: 'SUSPENDED', version: 2 });
    expect(await named()).toEqual([other]);
  });

  it('whom an earlier release made is named by ensureUser, once', async () => {
    const create = store.freshUser();
    await users.createUser(create, { role: 'admin' });
    await forgetAdministrators();
    expect((await refusalOf(users.suspendUser(create.username))).code).toBe('LAST_ADMIN');

    const { answers, codes } = await runParallel(4, () => users.ensureUser(create, { role: 'admin' }));

    expect(codes).toEqual([]);
    expect(answers.every(({ created }) => !created)).toBe(true);
    expect(await named()).toEqual([create.username]);
    const { user } = await users.ensureUser(create, { role: 'admin' });
    await expect(users.getUserByUsername(create.username)).resolves.toEqual(user);
  });

  it('who is named nowhere is suspended while another is', async () => {
    const old = await register();
    await forgetAdministrators();
    const other = await register();

    await expect(users.suspendUser(old)).resolves.toMatchObject({ status: 'SUSPENDED' });
    expect(await named()).toEqual([other]);
  });

  it('who is suspended stays so when the deployment starts again', async () => {
    const create = store.freshUser();
    await users.createUser(create, { role: 'admin' });
    await register();
    await users.suspendUser(create.username);

    await expect(users.ensureUser(create, { role: 'admin' })).resolves.toMatchObject({ user: { status: 'SUSPENDED' } });
    expect(await named()).toHaveLength(1);
  });
});
