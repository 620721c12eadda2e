import { readItem } from '@cnop/database-core';
import type { BalanceTransactionResponse } from '@cnop/entities-ledger';
import type { UserResponse } from '@cnop/entities-user';
import { administratorsKey, fromAdministratorsItem } from '@cnop/entities-user/table';
import { useUserApp } from '../support/user-app.ts';

const { database, send, post, person } = useUserApp({ settlement: 'deferred', currencies: ['USD', 'EUR'] });
const nowhere = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

const deposit = async (token: string) =>
  (await post<BalanceTransactionResponse>('/v1/deposits', { code: 'USD', amount: '10.00' }, { token })).body;
const statusOf = async (token: string, code = 'USD') => (await send(`/v1/balances/${code}`, { token })).status;

describe('a deferred deposit', () => {
  const settle = (token: string, path: `${string}/${string}`, step: 'complete' | 'fail') => {
    const [username, id] = path.split('/');
    const url = `/v1/users/${username}/transactions/${id}/${step}`;
    return post<BalanceTransactionResponse>(url, undefined, { token });
  };

  it('waits until an administrator completes it, once', async () => {
    const [admin, user] = [await person('admin'), await person()];
    const { transactionId, status } = await deposit(user.accessToken);
    expect([status, await statusOf(user.accessToken)]).toEqual(['PENDING', 404]);

    const done = await settle(admin.accessToken, `${user.username}/${transactionId}`, 'complete');
    const repeat = await settle(admin.accessToken, `${user.username}/${transactionId}`, 'complete');

    expect(done).toMatchObject({ status: 200, body: { status: 'COMPLETED' } });
    expect(repeat).toMatchObject({ status: 200, headers: { 'idempotency-replayed': 'true' } });
    expect(await settle(admin.accessToken, `${user.username}/${transactionId}`, 'fail')).toMatchObject({
      status: 409,
      body: { code: 'TRANSACTION_NOT_PENDING' },
    });
    expect((await send('/v1/balances/USD', { token: user.accessToken })).body).toMatchObject({ available: '10.00' });
  });

  it('moves nothing when it fails', async () => {
    const [admin, user] = [await person('admin'), await person()];
    const { transactionId } = await deposit(user.accessToken);

    expect(await settle(admin.accessToken, `${user.username}/${transactionId}`, 'fail')).toMatchObject({
      status: 200,
      body: { status: 'FAILED' },
    });
    expect(await statusOf(user.accessToken)).toBe(404);
  });

  it('is not for its user to settle, nor is one that is another’s there', async () => {
    const [admin, user, other] = [await person('admin'), await person(), await person()];
    const { transactionId } = await deposit(user.accessToken);

    expect(await settle(user.accessToken, `${user.username}/${transactionId}`, 'complete')).toMatchObject({
      status: 403,
    });
    expect(await settle(admin.accessToken, `${other.username}/${transactionId}`, 'complete')).toMatchObject({
      status: 404,
    });
    expect(await settle(admin.accessToken, `${user.username}/${nowhere}`, 'complete')).toMatchObject({ status: 404 });
    expect(await settle(admin.accessToken, `a%23b/${transactionId}`, 'complete')).toMatchObject({ status: 400 });
    expect(await statusOf(user.accessToken)).toBe(404);
  });

  it('is taken in registered currencies alone', async () => {
    const { accessToken: token } = await person();

    expect(await post('/v1/deposits', { code: 'JPY', amount: '10' }, { token })).toMatchObject({
      status: 422,
      body: { code: 'CURRENCY_NOT_REGISTERED' },
    });
  });
});

describe('POST /v1/users/{username}/adjustments', () => {
  const adjust = (
    token: string,
    username: string,
    { key, ...body }: { readonly key?: string; readonly [field: string]: unknown },
  ) =>
    post<BalanceTransactionResponse>(`/v1/users/${username}/adjustments`, body, {
      token,
      headers: key === undefined ? {} : { 'idempotency-key': key },
    });

  it('adds to balances of currencies and assets, and takes from them; the journal keeps who it was', async () => {
    const [admin, user] = [await person('admin'), await person()];

    const cash = await adjust(admin.accessToken, user.username, { code: 'USD', amount: '5.00', description: 'gift' });
    const stock = await adjust(admin.accessToken, user.username, { code: 'MSFT', amount: '1.5' });
    const taken = await adjust(admin.accessToken, user.username, { code: 'USD', amount: '-2' });

    expect([cash.status, stock.status, taken.status]).toEqual([201, 201, 201]);
    expect(cash.body).toMatchObject({ actor: admin.username, description: 'gift', username: user.username });
    expect((await send('/v1/balances/USD', { token: user.accessToken })).body).toMatchObject({ available: '3.00' });
    expect((await send('/v1/balances/MSFT', { token: user.accessToken })).body).toMatchObject({ available: '1.500' });
  });

  it('takes effect once under its key', async () => {
    const [admin, user] = [await person('admin'), await person()];
    const body = { code: 'USD', amount: '5.00', key: 'a-1' };

    const first = await adjust(admin.accessToken, user.username, body);
    const repeat = await adjust(admin.accessToken, user.username, body);
    const other = await adjust(admin.accessToken, user.username, { ...body, amount: '6' });

    expect(repeat).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' }, body: first.body });
    expect(other).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });

  it.each([
    [{ code: 'USD', amount: '0' }, 400],
    [{ code: 'USD', amount: '0.001' }, 400],
    [{ code: 'NONE', amount: '1' }, 404],
    [{ code: 'USD', amount: '-1' }, 422],
    [{ code: 'USD', amount: '1', actor: 'eve' }, 400],
  ])('refuses %p', async (body, status) => {
    const [admin, user] = [await person('admin'), await person()];

    expect(await adjust(admin.accessToken, user.username, body)).toMatchObject({ status });
    expect(await statusOf(user.accessToken)).toBe(404);
  });

  it('is for administrators alone', async () => {
    const [user, feed] = [await person(), await person('price-feed')];

    for (const { accessToken } of [user, feed]) {
      expect(await adjust(accessToken, user.username, { code: 'USD', amount: '5' })).toMatchObject({ status: 403 });
    }
    expect(await post(`/v1/users/${user.username}/adjustments`, { code: 'USD', amount: '5' })).toMatchObject({
      status: 401,
    });
    expect(await statusOf(user.accessToken)).toBe(404);
  });

  it('credits nobody who was never there', async () => {
    const admin = await person('admin');

    expect(await adjust(admin.accessToken, 'never-there', { code: 'USD', amount: '5' })).toMatchObject({
      status: 404,
      body: { code: 'USER_NOT_FOUND' },
    });
  });
});

describe('POST /v1/users/{username}/suspend and /reinstate', () => {
  const turn = (token: string, username: string, step: string) =>
    post<UserResponse>(`/v1/users/${username}/${step}`, undefined, { token });

  it('shut a user out at once, and let them in again once they have logged in', async () => {
    const [admin, user] = [await person('admin'), await person()];

    const suspended = await turn(admin.accessToken, user.username, 'suspend');
    const repeat = await turn(admin.accessToken, user.username, 'suspend');
    const shutOut = await send('/v1/users/me', { token: user.accessToken });
    const reinstated = await turn(admin.accessToken, user.username, 'reinstate');

    expect(suspended).toMatchObject({ status: 200, body: { status: 'SUSPENDED' } });
    expect(repeat).toMatchObject({ status: 200, body: suspended.body });
    expect(shutOut).toMatchObject({ status: 401 });
    expect(reinstated).toMatchObject({ status: 200, body: { status: 'ACTIVE' } });
    expect(await send('/v1/users/me', { token: user.accessToken })).toMatchObject({ status: 401 });
  });

  it('leave the last administrator in, and say so', async () => {
    const last = await person('admin');
    const stored = await readItem(database, { tableName: database.tableName('users'), key: administratorsKey });
    const others = fromAdministratorsItem(stored!).usernames.filter((username) => username !== last.username);

    for (const username of others) {
      expect(await turn(last.accessToken, username, 'suspend')).toMatchObject({ status: 200 });
    }

    expect(await turn(last.accessToken, last.username, 'suspend')).toMatchObject({
      status: 409,
      body: { code: 'LAST_ADMIN' },
    });
    expect(await send('/v1/users/me', { token: last.accessToken })).toMatchObject({ status: 200 });
  });

  it('are for administrators alone, and for users who are there', async () => {
    const [admin, user] = [await person('admin'), await person()];

    expect(await turn(user.accessToken, admin.username, 'suspend')).toMatchObject({ status: 403 });
    expect(await turn(admin.accessToken, 'never-there', 'suspend')).toMatchObject({ status: 404 });
    expect(await turn(admin.accessToken, 'a%2Fb', 'reinstate')).toMatchObject({ status: 400 });
    expect(await post(`/v1/users/${user.username}/suspend`)).toMatchObject({ status: 401 });
  });
});
