import { randomUUID } from 'node:crypto';
import { sharedErrors } from '@cnop/exceptions';
import { type Clock, systemClock } from '@cnop/utils';
import { serializerCompiler } from 'fastify-type-provider-zod';
import { importJWK, type JSONWebKeySet, SignJWT } from 'jose';
import * as z from 'zod';
import { noQuery } from '../open-api/input-schemas.ts';
import { validatorCompiler } from '../open-api/open-api.ts';
import type { AccessClaims } from './access-rules.ts';
import { publicKeySet, publicKeysPath, signingAlgorithms } from './signing-keys.ts';
import type { FastifyInstance } from 'fastify';
import { fastifyPlugin } from 'fastify-plugin';

/** The `typ` of our tokens: no other JWT of the same issuer passes for one. */
export const accessTokenType = 'at+jwt';

/** What {@link createTokenIssuer} takes. */
export interface TokenIssuerOptions {
  /**
   * Private keys; the first signs, all are published. To rotate, put a new key in front and take the old one away once its last token
   * has expired.
   */
  readonly keys: JSONWebKeySet;
  /** Who issues, as the `iss` of each token: an URL. */
  readonly issuer: string;
  /** Whom the tokens are for, as their `aud`. */
  readonly audience: string;
  /** How long a token is good. Default 900. */
  readonly lifetimeSeconds?: number;
  readonly clock?: Clock;
}

/** A token, as OAuth names its parts. */
export interface IssuedToken {
  readonly accessToken: string;
  readonly tokenType: 'Bearer';
  /** In seconds. */
  readonly expiresIn: number;
}

/** Signs access tokens. */
export interface TokenIssuer {
  issue(claims: AccessClaims): Promise<IssuedToken>;
  /** The public keys, for verifiers: serve it with `publishKeys`. */
  readonly publicKeys: JSONWebKeySet;
}

/**
 * Makes an issuer of access tokens: JWTs by RFC 9068, signed with EdDSA or ES256.
 *
 * @throws {@link sharedErrors.ConfigurationError} when a key or the lifetime is wrong.
 * @example
 * const issuer = await createTokenIssuer({ keys: { keys: [await generateSigningKey()] }, issuer: 'https://cnop.example', audience: 'cnop' });
 * const { accessToken } = await issuer.issue({ username: 'ada', role: 'CUSTOMER', sessionEpoch: 0 });
 */
export async function createTokenIssuer({
  keys,
  issuer,
  audience,
  lifetimeSeconds = 900,
  clock = systemClock,
}: TokenIssuerOptions): Promise<TokenIssuer> {
  if (!Number.isSafeInteger(lifetimeSeconds) || lifetimeSeconds < 1) {
    throw new sharedErrors.ConfigurationError({
      settings: [{ setting: 'lifetimeSeconds', rule: 'must be a positive whole number' }],
    });
  }
  const publicKeys = publicKeySet(keys);
  const [{ alg, kid, d } = {}] = keys.keys;
  if (d === undefined)
    throw new sharedErrors.ConfigurationError({
      settings: [{ setting: 'keys', rule: 'must begin with a private key' }],
    });
  const header = { alg: String(alg), kid, typ: accessTokenType };
  const signingKey = await importJWK({ ...keys.keys[0] });

  return {
    publicKeys,
    issue: async ({ username, role, sessionEpoch, sessionId: sid }) => {
      const issuedAt = Math.floor(clock.now().getTime() / 1000);
      const accessToken = await new SignJWT({ role, sessionEpoch, ...(sid !== undefined && { sid }) })
        .setProtectedHeader(header)
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(username)
        .setJti(randomUUID())
        .setIssuedAt(issuedAt)
        .setNotBefore(issuedAt)
        .setExpirationTime(issuedAt + lifetimeSeconds)
        .sign(signingKey);

      return { accessToken, tokenType: 'Bearer', expiresIn: lifetimeSeconds };
    },
  };
}

/** A JSON Web Key Set of public keys (RFC 7517, RFC 8037). */
const keySetSchema = z
  .strictObject({
    keys: z.array(
      z
        .strictObject({
          kty: z.enum(['OKP', 'EC']),
          crv: z.enum(['Ed25519', 'P-256']),
          x: z.string(),
          y: z.string().describe('Of an EC key.').optional(),
          kid: z.string().describe('As the header of a token names it.'),
          alg: z.enum(signingAlgorithms),
          use: z.literal('sig'),
        })
        .meta({ title: 'SigningKey' }),
    ),
  })
  .meta({ title: 'SigningKeySet' });

/** A plugin with the route `GET /.well-known/jwks.json`: the public keys of an issuer, good for five minutes. */
export const publishKeys = fastifyPlugin<PublishKeysOptions>(
  async (service: FastifyInstance, { issuer }) => {
    const summary = 'Shows the public keys of access tokens (JWKS).';
    const response = { 200: keySetSchema };
    const schema = { tags: ['authentication'], operationId: 'getSigningKeys', summary, querystring: noQuery, response };

    await service.register((scope, _options, done) => {
      scope.setValidatorCompiler(validatorCompiler);
      scope.setSerializerCompiler(serializerCompiler);
      scope.get(publicKeysPath, { config: { access: 'public' }, schema }, (_request, reply) =>
        reply.header('cache-control', 'public, max-age=300').send(issuer.publicKeys),
      );
      done();
    });
  },
  { name: '@cnop/publish-keys', fastify: '5.x' },
);

/** What the plugin `publishKeys` takes. */
export interface PublishKeysOptions {
  readonly issuer: Pick<TokenIssuer, 'publicKeys'>;
}
