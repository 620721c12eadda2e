import { collectSecrets } from '../../src/secrets.ts';

describe(collectSecrets, () => {
  it('finds in a text what was sent and received, and nothing else', () => {
    const secrets = collectSecrets();
    secrets.onExchange(
      { token: 'token-of-somebody', body: { password: 'a long password', username: 'somebody-else' } },
      { refreshToken: 'the-next-token', email: 'somebody@mail.example' },
    );

    expect(secrets.count()).toBe(4);
    expect(secrets.leakedIn('{"user":"somebody-else"}')).toEqual([]);
    expect(secrets.leakedIn('{"body":"a long password","to":"somebody@mail.example"}')).toEqual([
      'a long password',
      'somebody@mail.example',
    ]);
  });

  it('does not mistake a request id for the password of another request', () => {
    const secrets = collectSecrets();
    secrets.onExchange({ body: { password: 'hasOwnProperty' } }, undefined);
    secrets.onExchange({ headers: { 'x-request-id': 'hasOwnProperty' } }, undefined);

    expect(secrets.leakedIn('{"requestId":"hasOwnProperty"}')).toEqual([]);
  });
});
