import { createHmac, createPublicKey, type JsonWebKey } from 'node:crypto';
import { createManualClock } from '@cnop/utils';
import { fastify } from 'fastify';
import {
  createTokenIssuer,
  createTokenVerifier,
  generateSigningKey,
  publishKeys,
  type SigningAlgorithm,
  zodSchemas,
} from '@cnop/middleware';
import { importJWK, SignJWT, type JWK } from 'jose';
import { ada, parties } from '../../support/test-service.ts';

const base64 = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
const clock = createManualClock('2026-01-05T09:30:00Z');
const now = clock.now().getTime() / 1000;
const goodClaims = () => ({
  iss: parties.issuer,
  aud: parties.audience,
  sub: 'ada',
  role: 'customer',
  sessionEpoch: 0,
  jti: 'j-1',
  iat: now,
  nbf: now,
  exp: now + 60,
});

async function tokens(algorithm: SigningAlgorithm = 'EdDSA') {
  const key = await generateSigningKey(algorithm);
  const issuer = await createTokenIssuer({ ...parties, keys: { keys: [key] }, clock });
  const verifier = createTokenVerifier({ ...parties, keys: issuer.publicKeys, clock });

  return { key, issuer, verifier };
}

async function signed(key: JWK, claims: object, header: object = {}) {
  return await new SignJWT({ ...claims })
    .setProtectedHeader({ alg: String(key.alg), kid: key.kid, typ: 'at+jwt', ...header })
    .sign(await importJWK({ ...key }));
}

const refused = { code: 'AUTHENTICATION_REQUIRED' };

describe('tokens', () => {
  it.each(['EdDSA', 'ES256'] as const)('signed with %s name their user, for 15 minutes', async (algorithm) => {
    const { issuer, verifier } = await tokens(algorithm);

    const { accessToken, tokenType, expiresIn } = await issuer.issue(ada);
    const user = await verifier.verify(accessToken);

    expect({ tokenType, expiresIn }).toEqual({ tokenType: 'Bearer', expiresIn: 900 });
    expect(user).toMatchObject(ada);
    expect(user.expiresAt).toEqual(new Date('2026-01-05T09:45:00Z'));
  });

  it.each([undefined, 'session-1'])('name the session in which they were issued: %s', async (sessionId) => {
    const { issuer, verifier } = await tokens();

    const { accessToken } = await issuer.issue({ ...ada, sessionId });

    expect((await verifier.verify(accessToken)).sessionId).toBe(sessionId);
  });

  it('publish no private part of a key', async () => {
    const { issuer, key } = await tokens();

    expect(key.d).toEqual(expect.any(String));
    expect(JSON.stringify(issuer.publicKeys)).not.toContain(key.d);
  });

  it('are good as our own claims are', async () => {
    const { key, verifier } = await tokens();

    await expect(verifier.verify(await signed(key, goodClaims()))).resolves.toMatchObject({ username: 'ada' });
  });

  it.each<[string, object]>([
    ['another audience', { aud: 'other' }],
    ['another issuer', { iss: 'https://else.example' }],
    ['an expiry that is past', { exp: now - 60 }],
    ['a beginning that is to come', { nbf: now + 60 }],
    ['no expiry', { exp: undefined }],
    ['no beginning', { nbf: undefined }],
    ['no subject', { sub: undefined }],
    ['no id', { jti: undefined }],
    ['a subject that is nobody’s name', { sub: 'ada#x' }],
    ['a role that is none', { role: 'admin customer' }],
    ['an epoch that is no number', { sessionEpoch: '0' }],
    ['a session that is no text', { sid: 1 }],
    ['an age beyond an hour', { iat: now - 7_200, exp: now + 60 }],
  ])('with %s are refused', async (_title, claims) => {
    const { key, verifier } = await tokens();

    await expect(verifier.verify(await signed(key, { ...goodClaims(), ...claims }))).rejects.toMatchObject(refused);
  });

  it.each<[string, object]>([
    ['another type', { typ: 'JWT' }],
    ['no id of a key', { kid: undefined }],
    ['the id of a key that is not ours', { kid: 'else' }],
  ])('with %s are refused', async (_title, header) => {
    const { key, verifier } = await tokens();

    await expect(verifier.verify(await signed(key, goodClaims(), header))).rejects.toMatchObject(refused);
  });

  it.each(['none', 'None'])('without a signature, by the algorithm %p, are refused', async (alg) => {
    const { key, verifier } = await tokens();
    const header = { alg, kid: key.kid, typ: 'at+jwt' };

    await expect(verifier.verify(`${base64(header)}.${base64(goodClaims())}.`)).rejects.toMatchObject(refused);
  });

  it('with another signature are refused', async () => {
    const { key, verifier } = await tokens();
    const token = await signed(key, goodClaims());

    await expect(verifier.verify(`${token.slice(0, -6)}AAAAAA`)).rejects.toMatchObject(refused);
  });

  it('that use the public key as a shared secret are refused', async () => {
    const { key, issuer, verifier } = await tokens('ES256');
    const text = `${base64({ alg: 'HS256', kid: key.kid, typ: 'at+jwt' })}.${base64(goodClaims())}`;
    const [jwk] = issuer.publicKeys.keys;
    const pem = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' }).export({ type: 'spki', format: 'pem' });

    for (const secret of [pem, JSON.stringify(jwk), Buffer.from(String(jwk?.x), 'base64url')]) {
      const signature = createHmac('sha256', secret).update(text).digest('base64url');
      await expect(verifier.verify(`${text}.${signature}`)).rejects.toMatchObject(refused);
    }
  });

  it('of another signer under our key’s id are refused', async () => {
    const { key, verifier } = await tokens();
    const other = { ...(await generateSigningKey()), kid: key.kid };
    const { kty, crv, x } = other;

    for (const header of [{}, { jwk: { kty, crv, x } }]) {
      await expect(verifier.verify(await signed(other, goodClaims(), header))).rejects.toMatchObject(refused);
    }
  });

  it('that are no tokens are refused', async () => {
    const { verifier } = await tokens();

    for (const text of ['', 'x', 'a.b.c', '..', 'eyJ'.repeat(1_000)]) {
      await expect(verifier.verify(text)).rejects.toMatchObject(refused);
    }
  });

  it('end by the clock that is given', async () => {
    const clock = createManualClock(new Date('2026-01-01T00:00:00Z'));
    const keys = { keys: [await generateSigningKey()] };
    const issuer = await createTokenIssuer({ ...parties, keys, clock, lifetimeSeconds: 60 });
    const verifier = createTokenVerifier({ ...parties, keys: issuer.publicKeys, clock });
    const { accessToken } = await issuer.issue(ada);

    await expect(verifier.verify(accessToken)).resolves.toMatchObject(ada);
    clock.advance(69_000);
    await expect(verifier.verify(accessToken)).resolves.toMatchObject(ada);
    clock.advance(2_000);
    await expect(verifier.verify(accessToken)).rejects.toMatchObject(refused);
  });
});

describe('keys', () => {
  it('rotate by a key in front: old tokens are good until the old key is gone', async () => {
    const [old, fresh] = [await generateSigningKey(), await generateSigningKey('ES256')];
    const issuerBefore = await createTokenIssuer({ ...parties, keys: { keys: [old] } });
    const issuerNow = await createTokenIssuer({ ...parties, keys: { keys: [fresh, old] } });
    const issuerLater = await createTokenIssuer({ ...parties, keys: { keys: [fresh] } });
    const [before, later] = [await issuerBefore.issue(ada), await issuerNow.issue(ada)];
    const verify = (keys: typeof issuerNow.publicKeys, token: string) =>
      createTokenVerifier({ ...parties, keys }).verify(token);

    await expect(verify(issuerNow.publicKeys, before.accessToken)).resolves.toMatchObject(ada);
    await expect(verify(issuerNow.publicKeys, later.accessToken)).resolves.toMatchObject(ada);
    await expect(verify(issuerLater.publicKeys, later.accessToken)).resolves.toMatchObject(ada);
    await expect(verify(issuerLater.publicKeys, before.accessToken)).rejects.toMatchObject(refused);
  });

  it('are read from the address that publishes them', async () => {
    const { issuer } = await tokens();
    const server = fastify();
    await server.register(zodSchemas);
    await server.register(publishKeys, { issuer });
    const url = await server.listen({ port: 0, host: '127.0.0.1' });
    const verifier = createTokenVerifier({ ...parties, keys: new URL(`${url}/.well-known/jwks.json`), clock });
    const { accessToken } = await issuer.issue(ada);

    await expect(verifier.verify(accessToken)).resolves.toMatchObject(ada);
    await server.close();
  });

  it('that cannot be read are another error than a bad token', async () => {
    const { issuer } = await tokens();
    const verifier = createTokenVerifier({ ...parties, keys: new URL('http://127.0.0.1:9/keys?code=secret') });
    const { accessToken } = await issuer.issue(ada);

    await expect(verifier.verify(accessToken)).rejects.toMatchObject({
      code: 'SIGNING_KEYS_UNAVAILABLE',
      cause: { message: 'The keys at http://127.0.0.1:9/keys cannot be read.', cause: { name: 'TypeError' } },
    });
  });

  it.each<[string, (key: JWK) => JWK[]]>([
    ['none', () => []],
    ['two of one id', (key) => [key, key]],
    ['one without an id', (key) => [{ ...key, kid: '' }]],
    ['one of RSA', (key) => [{ ...key, alg: 'RS256' }]],
    ['one of another curve', (key) => [{ ...key, crv: 'X25519' }]],
    ['a public one', ({ kty, crv, x, kid, alg }) => [{ kty, crv, x, kid, alg }]],
  ])('are refused at once when there is %s', async (_title, keysOf) => {
    const keys = { keys: keysOf(await generateSigningKey()) };

    await expect(createTokenIssuer({ ...parties, keys })).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      details: { settings: [{ setting: 'keys' }] },
    });
  });

  it.each([0, -1, 1.5, NaN])('are refused a lifetime of %p', async (lifetimeSeconds) => {
    const keys = { keys: [await generateSigningKey()] };

    await expect(createTokenIssuer({ ...parties, keys, lifetimeSeconds })).rejects.toMatchObject({
      details: { settings: [{ setting: 'lifetimeSeconds' }] },
    });
  });
});
