import {
  logInRequestSchema,
  passwordChangeRequestSchema,
  refreshRequestSchema,
  tokenResponseSchema,
} from '@cnop/entities-user';

describe('logInRequestSchema', () => {
  it.each(['alice', 'a#b', 'X'])('leaves it to the log-in to say whether %s is anybody', (username) => {
    expect(logInRequestSchema.parse({ username, password: 'x' })).toEqual({ username, password: 'x' });
  });

  it.each([
    { username: 'alice' },
    { username: '', password: 'x' },
    { username: 'alice', password: '' },
    { username: 'a'.repeat(129), password: 'x' },
    { username: 'alice', password: 'x'.repeat(129) },
    { username: 'alice', password: 'x', role: 'admin' },
  ])('refuses %j', (request) => {
    expect(logInRequestSchema.safeParse(request).success).toBe(false);
  });
});

describe('refreshRequestSchema', () => {
  it.each([{}, { refreshToken: '' }, { refreshToken: 'x'.repeat(257) }, { refreshToken: 'x', username: 'bob' }])(
    'refuses %j',
    (request) => {
      expect(refreshRequestSchema.safeParse(request).success).toBe(false);
    },
  );
});

describe('passwordChangeRequestSchema', () => {
  const request = { currentPassword: 'x', newPassword: 'long enough to be one' };

  it('accepts whatever the current password is, and a new one by the rules', () => {
    expect(passwordChangeRequestSchema.parse(request)).toEqual(request);
    expect(passwordChangeRequestSchema.safeParse({ ...request, newPassword: 'short' }).success).toBe(false);
    expect(passwordChangeRequestSchema.safeParse({ ...request, username: 'bob' }).success).toBe(false);
  });
});

describe('tokenResponseSchema', () => {
  it('accepts a pair of tokens', () => {
    const tokens = { accessToken: 'a.b.c', refreshToken: 'r', tokenType: 'Bearer', expiresIn: 900 };

    expect(tokenResponseSchema.parse(tokens)).toEqual(tokens);
    expect(tokenResponseSchema.safeParse({ ...tokens, expiresIn: 0 }).success).toBe(false);
  });
});
