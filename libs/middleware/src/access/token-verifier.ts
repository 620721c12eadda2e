import { sharedErrors } from '@cnop/exceptions';
import { type Clock, systemClock } from '@cnop/utils';
import { parseInput, usernameSchema } from '@cnop/validation';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  jwtVerify,
  type JWTVerifyGetKey,
} from 'jose';
import * as z from 'zod';
import type { AuthenticatedUser } from './access-rules.ts';
import { publicKeySet, signingAlgorithms } from './signing-keys.ts';
import { accessTokenType } from './token-issuer.ts';

/** What {@link createTokenVerifier} takes. */
export interface TokenVerifierOptions {
  /** The issuer's public keys, or the address that it publishes them at. */
  readonly keys: JSONWebKeySet | URL;
  /** The `iss` that a token must have. */
  readonly issuer: string;
  /** The `aud` that a token must have. */
  readonly audience: string;
  /** How far the clocks of issuer and verifier may be apart. Default 10. */
  readonly clockToleranceSeconds?: number;
  /** How old a token may be, whatever it says of its expiry. Default 3600. */
  readonly maxAgeSeconds?: number;
  readonly clock?: Clock;
}

/** Checks access tokens. */
export interface TokenVerifier {
  /**
   * Whom a token names.
   *
   * @throws {@link sharedErrors.AuthenticationRequiredError} for any token that is not good, with the reason as its cause;
   *   {@link sharedErrors.SigningKeysUnavailableError} when the keys cannot be read.
   */
  verify(token: string): Promise<AuthenticatedUser>;
}

const claimsSchema = z.object({
  sub: usernameSchema,
  role: z.string().regex(/^[\w-]{1,32}$/),
  sessionEpoch: z.int().min(0),
  sid: z.string().min(1).max(64).optional(),
  jti: z.string().min(1).max(64),
  exp: z.number(),
});

/**
 * Makes a verifier of access tokens.
 *
 * Algorithm (EdDSA or ES256), type (`at+jwt`), issuer, audience, expiry, not-before and age are fixed here, never by the token; a key
 * is found by its `kid` among the given ones alone. Keys at an address are read when an unknown `kid` comes, at most every 30 s, and
 * every 10 minutes.
 *
 * @throws ConfigurationError when a key is wrong.
 */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { keys, issuer, audience, clockToleranceSeconds = 10, maxAgeSeconds = 3_600, clock = systemClock } = options;
  const findKey =
    keys instanceof URL
      ? keyFinder(createRemoteJWKSet(keys), `keys at ${keys.origin}${keys.pathname}`)
      : keyFinder(createLocalJWKSet(publicKeySet(keys)), 'given keys');

  return {
    verify: async (token) => {
      try {
        const { payload } = await jwtVerify(token, findKey, {
          algorithms: [...signingAlgorithms],
          typ: accessTokenType,
          issuer,
          audience,
          clockTolerance: clockToleranceSeconds,
          maxTokenAge: maxAgeSeconds,
          requiredClaims: ['sub', 'exp', 'nbf', 'iat', 'jti'],
          currentDate: clock.now(),
        });
        const { sub: username, sid: sessionId, jti: tokenId, exp, ...claims } = parseInput(claimsSchema, payload);
        const session = sessionId === undefined ? {} : { sessionId };

        return { ...claims, username, ...session, tokenId, expiresAt: new Date(exp * 1000) };
      } catch (cause) {
        if (cause instanceof sharedErrors.SigningKeysUnavailableError) throw cause;
        throw new sharedErrors.AuthenticationRequiredError({}, { cause });
      }
    },
  };
}

/** Tells a key that there is none of from keys that cannot be read, and then says which those are. */
function keyFinder(findKey: JWTVerifyGetKey, name: string): JWTVerifyGetKey {
  return async (header, token) => {
    if (header.kid === undefined) throw new errors.JWKSNoMatchingKey();

    try {
      return await findKey(header, token);
    } catch (cause) {
      if (cause instanceof errors.JWKSNoMatchingKey || cause instanceof errors.JWKSMultipleMatchingKeys) throw cause;
      throw new sharedErrors.SigningKeysUnavailableError(
        {},
        { cause: new Error(`The ${name} cannot be read.`, { cause }) },
      );
    }
  };
}
