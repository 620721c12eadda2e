import { createHash, createHmac } from 'node:crypto';
import { usernameSchema } from '@cnop/validation';

/** What a refresh token says: whose it is, of which family, and the secret that proves it. */
export interface RefreshToken {
  readonly username: string;
  /** 16 random bytes, base64url. */
  readonly familyId: string;
  /** 32 bytes that nobody can guess. */
  readonly secret: Uint8Array;
}

const FORMAT = 1;
const FAMILY_BYTES = 16;
/** The size of a secret, in bytes. */
export const SECRET_BYTES = 32;
const HEAD_BYTES = 1 + FAMILY_BYTES + SECRET_BYTES;
const MAX_NAME_BYTES = 30;
/** The longest token there is, in characters. */
const MAX_TOKEN_LENGTH = Math.ceil(((HEAD_BYTES + MAX_NAME_BYTES) * 4) / 3);

/** Makes the id of a new family. */
export const familyIdOf = (random: (bytes: number) => Uint8Array): string =>
  Buffer.from(random(FAMILY_BYTES)).toString('base64url');

/** The token as its holder gets it: opaque, at most 106 characters of base64url. */
export function encodeRefreshToken({ username, familyId, secret }: RefreshToken): string {
  const family = Buffer.from(familyId, 'base64url');

  return Buffer.concat([Uint8Array.of(FORMAT), family, secret, Buffer.from(username)]).toString('base64url');
}

/** Reads a token; `undefined` when it is none that {@link encodeRefreshToken} could have made. */
export function decodeRefreshToken(text: string): RefreshToken | undefined {
  if (text.length > MAX_TOKEN_LENGTH) return undefined;

  const bytes = Buffer.from(text, 'base64url');
  // Node's decoder skips foreign characters and spare bits: only the one canonical text of these bytes is taken.
  if (bytes.toString('base64url') !== text || bytes[0] !== FORMAT) return undefined;

  const name = bytes.subarray(HEAD_BYTES).toString('latin1');
  const { data: username } = usernameSchema.safeParse(name);
  if (username === undefined || username !== name) return undefined;

  return {
    username,
    familyId: bytes.subarray(1, 1 + FAMILY_BYTES).toString('base64url'),
    secret: bytes.subarray(1 + FAMILY_BYTES, HEAD_BYTES),
  };
}

/** What is stored of a secret. It has 256 bits of its own, so neither a salt nor a slow hash would add anything. */
export const hashSecret = (secret: Uint8Array): string => createHash('sha256').update(secret).digest('base64url');

/**
 * The secret that follows: from the one presented, and from a seed drawn for this rotation.
 *
 * So a repeat with the same token can be given the same answer though no secret is stored. The seed alone tells nothing of it, and
 * neither does the token before without the seed.
 */
export const successorOf = (secret: Uint8Array, seed: string): Uint8Array =>
  createHmac('sha256', secret).update('cnop refresh token\n').update(seed, 'base64url').digest();
