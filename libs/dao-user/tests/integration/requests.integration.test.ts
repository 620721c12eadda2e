import { meterRequests } from '@cnop/database-core';
import { logInAndOut } from '../../examples/readme.ts';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { database, users, sessions, freshUser } = store;

/** The requests of a call, in order: the operation and how many items it names. */
async function requestsOf(call: () => Promise<unknown>): Promise<string[]> {
  const meter = meterRequests(database);

  await call();
  meter.stop();
  return meter.requests.map(({ target, items }) => `${target} ${items}`);
}

describe('the requests', () => {
  it('of a registration: one transaction of two items', async () => {
    await expect(requestsOf(() => users.createUser(freshUser()))).resolves.toEqual(['TransactWriteItems 2']);
  });

  it('of a change of a user: a read and one plain write, or a transaction of three items with a new address', async () => {
    const user = await store.register();
    const change = (expectedVersion: number, changes: { firstName?: string; email?: string }) => () =>
      users.updateUser({ username: user.username, expectedVersion, changes });

    const name = await requestsOf(change(1, { firstName: 'Alicia' }));
    const address = await requestsOf(change(2, { email: freshUser().email }));

    expect(name).toEqual(['GetItem 1', 'UpdateItem 1']);
    expect(address).toEqual(['GetItem 1', 'TransactWriteItems 3']);
  });
});

describe('the requests', () => {
  const { password } = freshUser();

  it('of a log-in: a read of three items, the attempt, its success, and the session', async () => {
    const { username } = await store.register();
    const logIn = () => sessions.logIn({ username, password, address: '192.0.2.1' });

    await expect(requestsOf(logIn)).resolves.toEqual(['BatchGetItem 3', 'UpdateItem 1', 'UpdateItem 1', 'PutItem 1']);
  });

  it('of a rotation: a read of two items and one plain write; of a repeat only the read', async () => {
    const { username } = await store.register();
    const { refreshToken } = await sessions.createSession(username);
    const rotate = () => sessions.rotateSession(refreshToken);

    await expect(requestsOf(rotate)).resolves.toEqual(['BatchGetItem 2', 'UpdateItem 1']);
    await expect(requestsOf(rotate)).resolves.toEqual(['BatchGetItem 2']);
  });

  it('of ending one session: one plain write; of ending all: a read and one plain write', async () => {
    const { username } = await store.register();
    const { refreshToken } = await sessions.createSession(username);

    await expect(requestsOf(() => sessions.revokeSession(refreshToken))).resolves.toEqual(['UpdateItem 1']);
    await expect(requestsOf(() => sessions.revokeAllSessions(username))).resolves.toEqual([
      'GetItem 1',
      'UpdateItem 1',
    ]);
  });

  it('of a suspension: a read and one plain write; of a suspended user only the read', async () => {
    const { username } = await store.register();
    const suspend = () => users.suspendUser(username);

    await expect(requestsOf(suspend)).resolves.toEqual(['GetItem 1', 'UpdateItem 1']);
    await expect(requestsOf(suspend)).resolves.toEqual(['GetItem 1']);
  });

  it('of a change of a password: a read of three items, the attempt, its success, and the profile', async () => {
    const { username } = await store.register();
    const change = () =>
      users.changePassword({ username, currentPassword: password, newPassword: 'quite another password' });

    await expect(requestsOf(change)).resolves.toEqual([
      'BatchGetItem 3',
      'UpdateItem 1',
      'UpdateItem 1',
      'UpdateItem 1',
    ]);
  });

  it('of a user who must be there: a read, and a transaction of two items the first time', async () => {
    const create = freshUser();
    const ensure = () => users.ensureUser(create);

    await expect(requestsOf(ensure)).resolves.toEqual(['GetItem 1', 'TransactWriteItems 2']);
    await expect(requestsOf(ensure)).resolves.toEqual(['GetItem 1']);
  });
});

describe('the example of the README', () => {
  it('prints what its comments say', async () => {
    const print = jest.spyOn(console, 'log').mockReturnValue();

    await logInAndOut(database);

    expect(print.mock.calls).toEqual([['alice'], [true], [false]]);
  });
});
