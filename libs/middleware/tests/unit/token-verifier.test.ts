import { createHmac, createPublicKey } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createTokenIssuer,
  createTokenVerifier,
  generateSigningKey,
  type TokenVerifierOptions,
} from '@cnop/middleware';
import { createManualClock } from '@cnop/utils';
import fc from 'fast-check';
import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { forgeToken, unsignedToken, type Forgery } from '../support/forge-token.ts';
import { refusalOf } from '../support/refusal-of.ts';
import { ada, parties } from '../support/test-service.ts';

const seconds = () => Math.floor(Date.now() / 1000);

async function setup(options: Partial<TokenVerifierOptions> = {}, algorithm: 'EdDSA' | 'ES256' = 'EdDSA') {
  const key = await generateSigningKey(algorithm);
  const issuer = await createTokenIssuer({ keys: { keys: [key] }, ...parties });
  const verifier = createTokenVerifier({ keys: issuer.publicKeys, ...parties, ...options });

  return { key, issuer, verifier };
}

describe('createTokenVerifier', () => {
  it.each(['EdDSA', 'ES256'] as const)('takes what the issuer has signed with %s', async (algorithm) => {
    const { issuer, verifier } = await setup({}, algorithm);

    const { accessToken, tokenType, expiresIn } = await issuer.issue({ ...ada, role: 'ADMIN', sessionEpoch: 3 });
    const user = await verifier.verify(accessToken);

    expect({ tokenType, expiresIn }).toEqual({ tokenType: 'Bearer', expiresIn: 900 });
    expect(user).toEqual({
      username: 'ada',
      role: 'ADMIN',
      sessionEpoch: 3,
      tokenId: expect.any(String) as string,
      expiresAt: expect.any(Date) as Date,
    });
    expect(Math.abs(user.expiresAt.getTime() - Date.now() - 900_000)).toBeLessThan(10_000);
  });

  it('takes a good token, so that the forgeries fail for what they differ in', async () => {
    const { key, verifier } = await setup();

    await expect(verifier.verify(await forgeToken(key))).resolves.toMatchObject({ username: 'ada' });
  });

  const forgeries: readonly (readonly [title: string, forgery: () => Forgery, reason: string])[] = [
    ['of another issuer', () => ({ claims: { iss: 'https://evil.example' } }), 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['for another audience', () => ({ claims: { aud: 'other' } }), 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['without an audience', () => ({ claims: { aud: undefined } }), 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['that has expired', () => ({ claims: { exp: seconds() - 6 } }), 'ERR_JWT_EXPIRED'],
    ['without an expiry', () => ({ claims: { exp: undefined } }), 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['that is not good yet', () => ({ claims: { nbf: seconds() + 60 } }), 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['without a not-before', () => ({ claims: { nbf: undefined } }), 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['from the future', () => ({ claims: { iat: seconds() + 60 } }), 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['that is old, whatever its expiry', () => ({ claims: { iat: seconds() - 4_000 } }), 'ERR_JWT_EXPIRED'],
    ['without an id', () => ({ claims: { jti: undefined } }), 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['of nobody', () => ({ claims: { sub: undefined } }), 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['of a name that could forge a key', () => ({ claims: { sub: 'ada#ORDER' } }), 'VALIDATION_FAILED'],
    ['without a role', () => ({ claims: { role: undefined } }), 'VALIDATION_FAILED'],
    ['with a list of roles', () => ({ claims: { role: ['ADMIN'] } }), 'VALIDATION_FAILED'],
    ['without an epoch', () => ({ claims: { sessionEpoch: undefined } }), 'VALIDATION_FAILED'],
    ['of another type', () => ({ header: { typ: 'JWT' } }), 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['of no type', () => ({ header: { typ: undefined } }), 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['of an unknown key', () => ({ header: { kid: 'another' } }), 'ERR_JWKS_NO_MATCHING_KEY'],
    ['of no key', () => ({ header: { kid: undefined } }), 'ERR_JWKS_NO_MATCHING_KEY'],
  ];

  it.each(forgeries)('refuses a token %s', async (_title, forgery, reason) => {
    const { key, verifier } = await setup();
    const token = await forgeToken(key, forgery());

    expect(await refusalOf(verifier.verify(token))).toEqual({ code: 'AUTHENTICATION_REQUIRED', reason });
  });

  it.each(['none', 'None', 'NONE', ''])('refuses a token that nobody signed, with the algorithm %p', async (alg) => {
    const { key, verifier } = await setup();
    const [, payload = ''] = (await forgeToken(key)).split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;

    for (const signature of ['', 'AAAA']) {
      const token = unsignedToken({ alg, kid: key.kid, typ: 'at+jwt' }, claims, signature);
      expect(await refusalOf(verifier.verify(token))).toMatchObject({ code: 'AUTHENTICATION_REQUIRED' });
    }
  });

  it.each(['EdDSA', 'ES256'] as const)('refuses HS256 with the public key of %s as the secret', async (algorithm) => {
    const { key, verifier } = await setup({}, algorithm);
    const publicKey = { ...key, d: undefined };
    const pem = createPublicKey({ key: publicKey, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    const secrets = [pem, Buffer.from(String(publicKey.x), 'base64url'), JSON.stringify(publicKey)];
    const [, payload = ''] = (await forgeToken(key)).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'HS256', kid: key.kid, typ: 'at+jwt' })).toString('base64url');

    for (const secret of secrets) {
      const signature = createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url');

      expect(await refusalOf(verifier.verify(`${header}.${payload}.${signature}`))).toEqual({
        code: 'AUTHENTICATION_REQUIRED',
        reason: 'ERR_JOSE_ALG_NOT_ALLOWED',
      });
    }
  });

  it('refuses a token signed with a key that it brings itself', async () => {
    const { key, verifier } = await setup();
    const evil = await generateSigningKey();
    const jwk = { ...evil, d: undefined };
    const evilKey = (await importJWK(evil)) as CryptoKey;

    for (const header of [{ jwk }, { jku: 'https://evil.example/jwks.json', jwk }, { kid: evil.kid, jwk }]) {
      const token = await forgeToken(key, { header, key: evilKey });
      expect(await refusalOf(verifier.verify(token))).toMatchObject({ code: 'AUTHENTICATION_REQUIRED' });
    }
  });

  it.each(['RS256', 'PS256', 'ES384'])('refuses %s, strong as it is', async (alg) => {
    const { key, verifier } = await setup();
    const { privateKey } = await generateKeyPair(alg);
    const token = await forgeToken(key, { header: { alg }, key: privateKey });

    expect(await refusalOf(verifier.verify(token))).toMatchObject({ reason: 'ERR_JOSE_ALG_NOT_ALLOWED' });
  });

  it('refuses the algorithm of another of its keys', async () => {
    const [first, second] = [await generateSigningKey('EdDSA'), await generateSigningKey('ES256')];
    const { publicKeys } = await createTokenIssuer({ keys: { keys: [first, second] }, ...parties });
    const verifier = createTokenVerifier({ keys: publicKeys, ...parties });
    const token = await forgeToken(second, { header: { kid: first.kid } });

    expect(await refusalOf(verifier.verify(token))).toMatchObject({ reason: 'ERR_JWKS_NO_MATCHING_KEY' });
  });

  it('bears clocks that are a little apart', async () => {
    const clock = createManualClock(new Date());
    const { issuer, verifier } = await setup({ clock });
    const { accessToken } = await issuer.issue(ada);

    clock.advance(-4_000);
    await expect(verifier.verify(accessToken)).resolves.toMatchObject(ada);
    clock.advance(-60_000);
    await expect(verifier.verify(accessToken)).rejects.toMatchObject({ code: 'AUTHENTICATION_REQUIRED' });
  });

  it('goes on taking tokens of a key that signs no more, until the key is gone', async () => {
    const [old, fresh] = [await generateSigningKey(), await generateSigningKey('ES256')];
    const before = await createTokenIssuer({ keys: { keys: [old] }, ...parties });
    const during = await createTokenIssuer({ keys: { keys: [fresh, old] }, ...parties });
    const after = await createTokenIssuer({ keys: { keys: [fresh] }, ...parties });
    const oldToken = (await before.issue(ada)).accessToken;
    const freshToken = (await during.issue(ada)).accessToken;

    const rotating = createTokenVerifier({ keys: during.publicKeys, ...parties });
    const rotated = createTokenVerifier({ keys: after.publicKeys, ...parties });

    await expect(rotating.verify(oldToken)).resolves.toMatchObject(ada);
    await expect(rotating.verify(freshToken)).resolves.toMatchObject(ada);
    await expect(rotated.verify(freshToken)).resolves.toMatchObject(ada);
    await expect(rotated.verify(oldToken)).rejects.toMatchObject({ code: 'AUTHENTICATION_REQUIRED' });
  });

  it('refuses every text that is no token, and fails at none', async () => {
    const { issuer, verifier } = await setup();
    const { accessToken } = await issuer.issue(ada);
    const cut = fc.nat(accessToken.length - 2).map((length) => accessToken.slice(0, length));
    const changed = fc
      .tuple(fc.nat(accessToken.length - 1), fc.constantFrom('A', 'z', '.', '-'))
      .map(([at, letter]) => {
        return accessToken.slice(0, at) + letter + accessToken.slice(at + 1);
      });

    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), cut, changed), async (token) => {
        // The last character of a signature has bits that mean nothing.
        fc.pre(token.slice(0, -1) !== accessToken.slice(0, -1));

        expect(await refusalOf(verifier.verify(token))).toMatchObject({ code: 'AUTHENTICATION_REQUIRED' });
      }),
    );
  });
});

describe('keys at an address', () => {
  async function serve(keysOf: () => { readonly status?: number; readonly body: unknown }) {
    let reads = 0;
    const server = createServer((_request, response) => {
      reads += 1;
      const { status = 200, body } = keysOf();
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    opened.push(server);

    return { url: new URL(`http://127.0.0.1:${port}/.well-known/jwks.json`), reads: () => reads };
  }
  const opened: ReturnType<typeof createServer>[] = [];
  afterEach(() => {
    for (const server of opened.splice(0)) server.close().closeAllConnections();
  });

  it('are read once for many tokens', async () => {
    const { key, issuer } = await setup();
    const { url, reads } = await serve(() => ({ body: issuer.publicKeys }));
    const verifier = createTokenVerifier({ keys: url, ...parties });

    for (let count = 0; count < 3; count += 1) await verifier.verify(await forgeToken(key));

    expect(reads()).toBe(1);
  });

  it('are not read again and again for keys that are unknown', async () => {
    const { key, issuer } = await setup();
    const { url, reads } = await serve(() => ({ body: issuer.publicKeys }));
    const verifier = createTokenVerifier({ keys: url, ...parties });

    for (let count = 0; count < 5; count += 1) {
      const token = await forgeToken(key, { header: { kid: `unknown-${count}` } });
      expect(await refusalOf(verifier.verify(token))).toMatchObject({ code: 'AUTHENTICATION_REQUIRED' });
    }

    expect(reads()).toBe(1);
  });

  it.each([
    ['an error', { status: 500, body: {} }],
    ['no keys', { body: 'nonsense' }],
  ])('make a token neither good nor bad when there is %s', async (_title, answer) => {
    const { key } = await setup();
    const { url } = await serve(() => answer);

    const refusal = await refusalOf(createTokenVerifier({ keys: url, ...parties }).verify(await forgeToken(key)));

    expect(refusal.code).toBe('SIGNING_KEYS_UNAVAILABLE');
  });

  it('make a token neither good nor bad when nobody answers', async () => {
    const { key } = await setup();
    const verifier = createTokenVerifier({ keys: new URL('http://127.0.0.1:1/keys'), ...parties });

    expect((await refusalOf(verifier.verify(await forgeToken(key)))).code).toBe('SIGNING_KEYS_UNAVAILABLE');
  });
});

describe('createTokenIssuer', () => {
  it('publishes nothing private', async () => {
    const key: JWK = { ...(await generateSigningKey('ES256')), ext: true, oth: [{ d: 'x' }] };

    const { publicKeys } = await createTokenIssuer({ keys: { keys: [key] }, ...parties });

    const { kid, kty, crv, x, y, alg } = key;
    expect(publicKeys).toEqual({ keys: [{ kid, kty, crv, x, y, alg, use: 'sig' }] });
    expect(JSON.stringify(publicKeys)).not.toContain(key.d);
  });

  it.each([
    ['none', async () => []],
    ['a secret', async () => [{ kty: 'oct', k: 'c2VjcmV0', kid: 'a', alg: 'HS256' }]],
    ['one without a name', async () => [{ ...(await generateSigningKey()), kid: undefined }]],
    [
      'two of one name',
      async () => [await generateSigningKey(), await generateSigningKey()].map((key) => ({ ...key, kid: 'a' })),
    ],
    [
      'an RSA key',
      async () => [
        {
          ...(await exportJWK((await generateKeyPair('RS256', { extractable: true })).privateKey)),
          kid: 'a',
          alg: 'RS256',
        },
      ],
    ],
    ['a key that says another algorithm', async () => [{ ...(await generateSigningKey()), alg: 'ES256' }]],
    ['a public key in front', async () => [{ ...(await generateSigningKey()), d: undefined }]],
  ])('refuses keys that are wrong: %s', async (_title, keysOf) => {
    const keys = (await keysOf()) as JWK[];

    await expect(createTokenIssuer({ keys: { keys }, ...parties })).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      details: { setting: 'keys' },
    });
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses a lifetime of %p seconds', async (lifetimeSeconds) => {
    const keys = { keys: [await generateSigningKey()] };

    await expect(createTokenIssuer({ keys, ...parties, lifetimeSeconds })).rejects.toMatchObject({
      details: { setting: 'lifetimeSeconds' },
    });
  });
});
