import { useUserApp } from '../support/user-app.ts';

const { send, post, registration } = useUserApp({ authLimits: { address: { max: 2, windowMs: 3_600_000 } } });

describe('the routes of authentication', () => {
  it('have stricter limits, each by itself', async () => {
    const wrong = { username: 'nobody', password: 'wrong' };

    const logins = [await post('/v1/auth/login', wrong), await post('/v1/auth/login', wrong)];
    const beyond = await post('/v1/auth/login', wrong);

    expect(logins.map(({ status }) => status)).toEqual([401, 401]);
    expect(beyond).toMatchObject({
      status: 429,
      body: { code: 'RATE_LIMITED' },
      headers: { 'ratelimit-remaining': '0' },
    });
    expect(await post('/v1/auth/register', registration())).toMatchObject({ status: 201 });
    expect(await send('/v1/users/me')).toMatchObject({ status: 401 });
  });
});
