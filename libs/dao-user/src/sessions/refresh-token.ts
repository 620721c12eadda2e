import { createHash, createHmac } from 'node:crypto';
import { type RawItem, readItems } from '@cnop/database-core';
import type { SessionEndReason, User } from '@cnop/entities-user';
import {
  fromSessionItem,
  fromUserItem,
  type Session,
  sessionKey,
  userItemExtras,
  userKey,
} from '@cnop/entities-user/table';
import { usernameSchema } from '@cnop/validation';
import type { UsersContext } from '../users-table.ts';

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

/** The moment at which a token is judged. */
export interface Judgement {
  readonly now: Date;
  /** For how long after its use a token may be presented again. */
  readonly repeatMs: number;
}

/**
 * What a presented token is to its family: the one that is good, a repeat of the one before by a client that may not have got the
 * answer, or why it is not taken.
 *
 * A token that is neither the current one nor the one before was used earlier, or was made up by a party who knows the family: a reuse
 * either way.
 */
export function judgeToken(
  { owner, session }: StoredFamily,
  tokenHash: string,
  { now, repeatMs }: Judgement,
): 'current' | 'repeat' | SessionEndReason {
  if (!session) return 'unknown';
  if (session.revokedAt !== undefined) return 'revoked';
  if (owner?.user.status !== 'ACTIVE' || owner.sessionEpoch !== session.sessionEpoch) return 'revoked';
  if (now.getTime() >= Math.min(Date.parse(session.expiresAt), Date.parse(session.idleExpiresAt))) return 'expired';
  if (tokenHash === session.tokenHash) return 'current';

  const isRecent = session.rotatedAt !== undefined && now.getTime() - Date.parse(session.rotatedAt) <= repeatMs;
  return tokenHash === session.previousTokenHash && isRecent ? 'repeat' : 'reused';
}

/** A user as far as sessions go. */
export interface SessionOwner {
  readonly user: User;
  /** The epoch of the sessions that are good now. */
  readonly sessionEpoch: number;
}

/** A family of tokens as stored, with its user; what is absent is not stored. */
export interface StoredFamily {
  readonly owner?: SessionOwner | undefined;
  readonly session?: Session | undefined;
}

/** The owner in the item of a profile. */
export const sessionOwnerIn = (profile: RawItem): SessionOwner => ({
  user: fromUserItem(profile),
  sessionEpoch: userItemExtras(profile).sessionEpoch ?? 0,
});

/** Reads user and session of a token at once, strongly consistent. Costs 2 read units. */
export async function readFamily(
  { database, table }: UsersContext,
  { username, familyId }: RefreshToken,
): Promise<StoredFamily> {
  const { sk: profileKey } = userKey(username);
  const keys = [userKey(username), sessionKey(username, familyId)];
  const items = await readItems(database, { tableName: table.tableName, keys });
  const profile = items.find(({ sk }) => sk === profileKey);
  const session = items.find(({ sk }) => sk !== profileKey);

  return { owner: profile && sessionOwnerIn(profile), session: session && fromSessionItem(session) };
}
