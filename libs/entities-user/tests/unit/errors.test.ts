import { userErrors } from '@cnop/entities-user';

describe('the errors of users', () => {
  it.each([
    [new userErrors.LoginDelayedError({ retryAfterSeconds: 8 }), 'log-in is delayed for 8 s after failed attempts'],
    [new userErrors.SessionEndedError({ reason: 'reused' }), 'the refresh token was used before'],
    [new userErrors.SessionEndedError({ reason: 'expired' }), 'the refresh token is expired'],
    [new userErrors.UserNotActiveError({ username: 'alice', status: 'SUSPENDED' }), 'the user is SUSPENDED'],
    [new userErrors.UserNotFoundError({ username: 'alice' }), 'there is no user of that name'],
    [new userErrors.UsernameTakenError({ username: 'alice' }), 'another user has that name'],
  ])('say what varies, and never a name: %#', (error, message) => {
    expect(error.message).toBe(message);
  });
});
