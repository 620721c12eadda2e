import { collectSecrets } from '../../src/secrets.ts';

describe(collectSecrets, () => {
  it('finds in a text what was sent and received, and nothing else', () => {
    const secrets = collectSecrets();
    secrets.onExchange(
      { token: 'token-of-another', body: { password: 'a long password', username: 'another-else' } },
      { refreshToken: 'the-next-token', email: 'another@mail.example' },
    );

    expect(secrets.count()).toBe(4);
    expect(secrets.leakedIn('{"user":"another-else"}')).toEqual([]);
    expect(secrets.leakedIn('{"body":"a long password","to":"another@mail.example"}')).toEqual([
      'a long password',
      'another@mail.example',
    ]);
  });

  it('does not mistake a request id for the password of another request', () => {
    const secrets = collectSecrets();
    secrets.onExchange({ body: { password: 'hasOwnProperty' } }, undefined);
    secrets.onExchange({ headers: { 'x-request-id': 'hasOwnProperty' } }, undefined);

    expect(secrets.leakedIn('{"requestId":"hasOwnProperty"}')).toEqual([]);
  });
});
