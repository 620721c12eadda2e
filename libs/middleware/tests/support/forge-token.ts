import { importJWK, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';
import { parties } from './test-service.ts';

/** What a forged token differs in from a good one. */
export interface Forgery {
  readonly claims?: JWTPayload;
  readonly header?: Readonly<Record<string, unknown>>;
  /** In place of the key of its `kid`. */
  readonly key?: CryptoKey | Uint8Array;
}

const now = () => Math.floor(Date.now() / 1000);

/** A token that is good but for the forgery. A claim of `undefined` is left out. */
export async function forgeToken(signingKey: JWK, { claims, header, key }: Forgery = {}): Promise<string> {
  const good = {
    iss: parties.issuer,
    aud: parties.audience,
    sub: 'ada',
    jti: 't-1',
    role: 'CUSTOMER',
    sessionEpoch: 0,
    iat: now(),
    nbf: now(),
    exp: now() + 900,
  };
  const protectedHeader = { alg: String(signingKey.alg), kid: signingKey.kid, typ: 'at+jwt', ...header };

  return await new SignJWT({ ...good, ...claims })
    .setProtectedHeader(protectedHeader)
    .sign(key ?? (await importJWK({ ...signingKey })));
}

/** A token that nobody signed. */
export const unsignedToken = (header: object, payload: object, signature = ''): string =>
  [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') + `.${signature}`;
