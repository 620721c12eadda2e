import type { UserResponse } from '@cnop/entities-user';
import { password, useUserApp } from '../support/user-app.ts';

const { send, post, person, users } = useUserApp();

describe('/v1/users/me', () => {
  const change = (token: string, body: object) => send<UserResponse>('/v1/users/me', { token, method: 'PATCH', body });

  it('shows and changes one’s own profile', async () => {
    const { username, accessToken: token } = await person();

    const changed = await change(token, { firstName: 'Augusta', phone: '+12025550199', expectedVersion: 1 });
    const removed = await change(token, { phone: null });

    expect(changed).toMatchObject({ status: 200, body: { username, firstName: 'Augusta', version: 2 } });
    expect(removed.body).not.toHaveProperty('phone');
    expect((await send('/v1/users/me', { token })).body).toEqual(removed.body);
  });

  it('carries out all of several changes at once that name no version', async () => {
    const { accessToken } = await person();
    const names = ['Ada', 'Augusta', 'Byron', 'King'];

    const changes = await Promise.all(names.map((lastName) => change(accessToken, { lastName })));

    expect(changes.map(({ status }) => status)).toEqual(names.map(() => 200));
    expect((await send('/v1/users/me', { token: accessToken })).body).toMatchObject({ version: 5 });
  });

  it('refuses an old version, and an address that is taken', async () => {
    const [one, other] = [await person(), await person()];
    await change(one.accessToken, { lastName: 'Byron' });

    expect(await change(one.accessToken, { lastName: 'King', expectedVersion: 1 })).toMatchObject({
      status: 409,
      body: { code: 'VERSION_CONFLICT' },
    });
    expect(await change(one.accessToken, { email: `${other.username}@example.com` })).toMatchObject({
      status: 409,
      body: { code: 'EMAIL_TAKEN' },
    });
  });

  it.each([
    [{}, ''],
    [{ expectedVersion: 1 }, ''],
    [{ role: 'admin' }, '/role'],
    [{ status: 'ACTIVE' }, '/status'],
    [{ username: 'eve' }, '/username'],
    [{ firstName: '' }, '/firstName'],
    [{ version: 9 }, '/version'],
  ])('refuses the change %p', async (body, pointer) => {
    const { accessToken } = await person();

    const answer = await change(accessToken, body);

    expect(answer).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    expect(JSON.stringify(answer.body)).toContain(`"pointer":"${pointer}"`);
    expect((await send('/v1/users/me', { token: accessToken })).body).toMatchObject({ version: 1, role: 'customer' });
  });

  it('is nobody’s without a token', async () => {
    expect(await send('/v1/users/me')).toMatchObject({ status: 401 });
    expect(await send('/v1/users/me', { method: 'PATCH', body: { firstName: 'X' } })).toMatchObject({ status: 401 });
  });
});

describe('POST /v1/users/me/password', () => {
  const newPassword = 'another horse entirely';

  it('changes the password and ends every session, access tokens too', async () => {
    const { username, accessToken, refreshToken } = await person();

    const changed = await post(
      '/v1/users/me/password',
      { currentPassword: password, newPassword },
      { token: accessToken },
    );

    expect(changed.status).toBe(204);
    expect(await send('/v1/users/me', { token: accessToken })).toMatchObject({ status: 401 });
    expect(await post('/v1/auth/refresh', { refreshToken })).toMatchObject({ status: 401 });
    expect(await post('/v1/auth/login', { username, password })).toMatchObject({ status: 401 });
    expect(await post('/v1/auth/login', { username, password: newPassword })).toMatchObject({ status: 200 });
  });

  it('refuses a wrong one, a weak one and an unknown field, and changes nothing', async () => {
    const { username, accessToken: token } = await person();

    expect(await post('/v1/users/me/password', { currentPassword: 'wrong', newPassword }, { token })).toMatchObject({
      status: 401,
      body: { code: 'CREDENTIALS_INVALID' },
    });
    expect(
      await post('/v1/users/me/password', { currentPassword: password, newPassword: 'x' }, { token }),
    ).toMatchObject({ status: 400, body: { errors: [{ pointer: '/newPassword' }] } });
    expect(
      await post('/v1/users/me/password', { currentPassword: password, newPassword, username: 'eve' }, { token }),
    ).toMatchObject({ status: 400 });
    expect(await post('/v1/users/me/password', { currentPassword: password, newPassword })).toMatchObject({
      status: 401,
    });
    await expect(users.verifyPassword({ username, password })).resolves.toMatchObject({ username });
  });
});
