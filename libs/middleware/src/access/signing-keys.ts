import { randomUUID } from 'node:crypto';
import { sharedErrors } from '@cnop/exceptions';
import { exportJWK, generateKeyPair, type JSONWebKeySet, type JWK } from 'jose';

/** The algorithms that tokens are signed with; a token never chooses another. */
export const signingAlgorithms = ['EdDSA', 'ES256'] as const;

/** An asymmetric signature: Ed25519 or ECDSA over P-256. */
export type SigningAlgorithm = (typeof signingAlgorithms)[number];

const curves: Readonly<Record<SigningAlgorithm, Pick<JWK, 'kty' | 'crv'>>> = {
  EdDSA: { kty: 'OKP', crv: 'Ed25519' },
  ES256: { kty: 'EC', crv: 'P-256' },
};

/** Makes a new key pair, as a private JWK with an id of its own. Keep it as a secret; its public part may go anywhere. */
export async function generateSigningKey(algorithm: SigningAlgorithm = 'EdDSA'): Promise<JWK> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });

  return { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: algorithm, use: 'sig' };
}

/**
 * The public parts of keys, as a JSON Web Key Set: all that a verifier needs.
 *
 * @throws {@link sharedErrors.ConfigurationError} when a key has no `kid`, shares it with another, or is of another algorithm than ours.
 */
export function publicKeySet({ keys }: JSONWebKeySet): JSONWebKeySet {
  const ids = new Set(keys.map(({ kid }) => kid));
  if (keys.length === 0 || ids.size !== keys.length) {
    throw new sharedErrors.ConfigurationError({
      settings: [{ setting: 'keys', rule: 'must be one or more keys, each with a kid of its own' }],
    });
  }

  return { keys: keys.map(publicKeyOf) };
}

/** Names what is public, so that whatever else a key holds stays here. */
function publicKeyOf({ kty, crv, x, y, kid, alg }: JWK): JWK {
  const curve = signingAlgorithms.find((name) => name === alg);
  if (!kid || !curve || curves[curve].kty !== kty || curves[curve].crv !== crv) {
    throw new sharedErrors.ConfigurationError({
      settings: [
        {
          setting: 'keys',
          rule: 'must have a kid and be of EdDSA (Ed25519) or ES256 (P-256)',
        },
      ],
    });
  }

  return { kty, crv, x, ...(y !== undefined && { y }), kid, alg, use: 'sig' };
}

/** Where verifiers find the public keys of an issuer. */
export const publicKeysPath = '/.well-known/jwks.json';
