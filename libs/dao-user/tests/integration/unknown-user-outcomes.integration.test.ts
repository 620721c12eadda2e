import { after, landLate, loseRequest, loseResponse, pass, refusalOf } from '@cnop/testing';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { users, freshUser } = store;

describe('a registration', () => {
  it.each([true, false])('takes effect once when its response is lost; DynamoDB knows it again: %s', async (known) => {
    const create = freshUser();
    const { http, users: faulty } = store.faulty({ remembersTokens: known });
    http.script('TransactWriteItems', loseResponse(), loseResponse());

    const { user, replayed } = await faulty.createUser(create);

    expect(replayed).toBe(false);
    await expect(users.findUserByEmail(create.email)).resolves.toEqual(user);
  });

  it('is its own success when the profile is changed before the resend', async () => {
    const create = freshUser();
    const { username } = create;
    const { http, users: faulty } = store.faulty();
    const change = () => users.updateUser({ username, expectedVersion: 1, changes: { status: 'SUSPENDED' } });
    http.script('TransactWriteItems', loseResponse(), after(change));

    const { user, replayed } = await faulty.createUser(create);

    expect(replayed).toBe(false);
    expect(user).toEqual(await users.getUserByUsername(username));
    expect(user).toMatchObject({ status: 'SUSPENDED', version: 2 });
  });

  it('is refused when another takes the name before the resend', async () => {
    const create = freshUser();
    const { http, users: faulty } = store.faulty();
    const register = () => users.createUser(freshUser({ username: create.username }));
    http.script('TransactWriteItems', loseRequest(), after(register));

    const { code } = await refusalOf(faulty.createUser(create));

    expect(code).toBe('USERNAME_TAKEN');
    await expect(users.findUserByEmail(create.email)).resolves.toBeUndefined();
  });

  it('is unknown when another takes the address while an attempt may land', async () => {
    const create = freshUser();
    const { http, users: faulty } = store.faulty();
    const register = () => users.createUser(freshUser({ email: create.email }));
    http.script('TransactWriteItems', loseRequest(), after(register));

    await expect(refusalOf(faulty.createUser(create))).resolves.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
  });

  it('is answered under its key once the lost request has landed', async () => {
    const create = freshUser();
    const idempotencyKey = 'registration';
    const { http, users: faulty } = store.faulty({ maxAttempts: 1 });
    const late = landLate();
    http.script('TransactWriteItems', late);
    const { code } = await refusalOf(faulty.createUser(create, { idempotencyKey }));
    await late.release();

    const { user, replayed } = await users.createUser(create, { idempotencyKey });

    expect({ code, replayed }).toEqual({ code: 'OUTCOME_UNKNOWN', replayed: true });
    await expect(users.getUserByUsername(create.username)).resolves.toEqual(user);
  });
});

describe('a change of a user', () => {
  it.each(['a name', 'an address'])('takes effect once when its response is lost: %s', async (what) => {
    const { username } = await store.register();
    const changes = what === 'a name' ? { firstName: 'Alicia' } : { email: freshUser().email };
    const { http, users: faulty } = store.faulty();
    http.script('UpdateItem', loseResponse());
    http.script('TransactWriteItems', loseResponse());

    const changed = await faulty.updateUser({ username, expectedVersion: 1, changes });

    expect(changed).toMatchObject({ ...changes, version: 2 });
    await expect(users.getUserByUsername(username)).resolves.toEqual(changed);
  });

  it('is refused when another came between two attempts', async () => {
    const { username } = await store.register();
    const { http, users: faulty } = store.faulty();
    const other = () => users.updateUser({ username, expectedVersion: 1, changes: { firstName: 'Other' } });
    http.script('UpdateItem', loseRequest(), after(other));

    const change = { username, expectedVersion: 1, changes: { firstName: 'Alicia' } };
    const { code, details } = await refusalOf(faulty.updateUser(change));

    expect(code).toBe('VERSION_CONFLICT');
    expect(details).toEqual({ resource: 'user', expectedVersion: 1, currentVersion: 2 });
  });

  it('is unknown when another change may hide that it took effect', async () => {
    const { username } = await store.register();
    const { http, users: faulty } = store.faulty();
    const other = () => users.updateUser({ username, expectedVersion: 2, changes: { lastName: 'Other' } });
    http.script('UpdateItem', loseResponse(), after(other, pass()));

    const change = { username, expectedVersion: 1, changes: { firstName: 'Alicia' } };

    await expect(refusalOf(faulty.updateUser(change))).resolves.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
  });

  it('changes nothing when it lands after another', async () => {
    const { username, email } = await store.register();
    const { http, users: faulty } = store.faulty({ maxAttempts: 1 });
    const late = landLate();
    const newEmail = freshUser().email;
    http.script('TransactWriteItems', late);
    const lost = { username, expectedVersion: 1, changes: { email: newEmail } };

    const { code } = await refusalOf(faulty.updateUser(lost));
    const changed = await users.updateUser({ username, expectedVersion: 1, changes: { firstName: 'Alicia' } });
    await late.release();

    expect(code).toBe('OUTCOME_UNKNOWN');
    await expect(users.findUserByEmail(email)).resolves.toEqual(changed);
    await expect(users.findUserByEmail(newEmail)).resolves.toBeUndefined();
  });
});

describe('finding a user by an address', () => {
  it('finds nobody where the address is given up between the two reads', async () => {
    const { username, email } = await store.register();
    const { http, users: faulty } = store.faulty();
    const move = () => users.updateUser({ username, expectedVersion: 1, changes: { email: freshUser().email } });
    http.script('GetItem', pass(), after(move));

    await expect(faulty.findUserByEmail(email)).resolves.toBeUndefined();
  });
});
