import { type RawItem, StoredItem, withoutUndefined } from '@cnop/utils';
import { type InputValue, item, number, string } from 'dynamodb-toolbox/schema';
import { familyIdOfKey, sessionKey, usernameOfKey } from './keys.ts';
import { SCHEMA_VERSION } from './schema-version.ts';
import { timeToLiveOf } from './time-to-live.ts';

/** Why a session was ended before its time. */
export const SessionRevocation = {
  /** The user logged out. */
  LOGOUT: 'LOGOUT',
  /** A refresh token was presented that had been used before: somebody has a copy. */
  REUSE: 'REUSE',
} as const;

/** One of the {@link SessionRevocation} values. */
export type SessionRevocation = (typeof SessionRevocation)[keyof typeof SessionRevocation];

/** The stored form of a session. Username and family id are in the key. */
export const sessionItemSchema = item({
  pk: string().key(),
  sk: string().key(),
  schemaVersion: number(),
  sessionEpoch: number().optional(),
  tokenHash: string(),
  previousTokenHash: string().optional(),
  successorSeed: string().optional(),
  rotations: number().optional(),
  rotatedAt: string().optional(),
  expiresAt: string(),
  idleExpiresAt: string(),
  revokedAt: string().optional(),
  revokedFor: string()
    .enum(...Object.values(SessionRevocation))
    .optional(),
  createdAt: string(),
  writeId: string(),
  ttl: number(),
});

/** A session as it is put. */
export type SessionItem = InputValue<typeof sessionItemSchema>;

/**
 * A user logged in on one device: a family of refresh tokens, each of which replaces the one before. No token is in it.
 *
 * Times are ISO 8601 UTC.
 */
export interface Session {
  readonly username: string;
  /** As secret as a token: who knows it can end the session. */
  readonly familyId: string;
  /** The epoch of the user's sessions in which it began; in a later one it is over. */
  readonly sessionEpoch: number;
  /** SHA-256 of the token that is good now. */
  readonly tokenHash: string;
  /** SHA-256 of the token before; absent until the first rotation. */
  readonly previousTokenHash?: string | undefined;
  /** What made, together with the token before, the token that is good now. */
  readonly successorSeed?: string | undefined;
  readonly rotations: number;
  /** When the token before was used. */
  readonly rotatedAt?: string | undefined;
  /** When it is over, however much it is used. */
  readonly expiresAt: string;
  /** When it is over unless it is used before. */
  readonly idleExpiresAt: string;
  readonly revokedAt?: string | undefined;
  readonly revokedFor?: SessionRevocation | undefined;
  readonly createdAt: string;
  /** One per call that wrote the item; tells a call its own write from another's. */
  readonly writeId: string;
}

/** The item that stores a session: for a new one. A rotation changes attributes of the stored item instead. */
export function toSessionItem(session: Session): SessionItem {
  const { username, familyId, sessionEpoch, rotations, ...attributes } = session;

  return withoutUndefined({
    ...sessionKey(username, familyId),
    schemaVersion: SCHEMA_VERSION,
    sessionEpoch: sessionEpoch === 0 ? undefined : sessionEpoch,
    tokenHash: attributes.tokenHash,
    previousTokenHash: attributes.previousTokenHash,
    successorSeed: attributes.successorSeed,
    rotations: rotations === 0 ? undefined : rotations,
    rotatedAt: attributes.rotatedAt,
    expiresAt: attributes.expiresAt,
    idleExpiresAt: attributes.idleExpiresAt,
    revokedAt: attributes.revokedAt,
    revokedFor: attributes.revokedFor,
    createdAt: attributes.createdAt,
    writeId: attributes.writeId,
    ttl: timeToLiveOf(attributes.idleExpiresAt),
  });
}

/**
 * The session in a stored item.
 *
 * @throws Error naming the attribute that is malformed.
 */
export function fromSessionItem(raw: RawItem): Session {
  const stored = new StoredItem({ kind: 'session', raw });

  return withoutUndefined({
    username: stored.keyPart('pk', usernameOfKey),
    familyId: stored.keyPart('sk', familyIdOfKey),
    sessionEpoch: stored.optionalInteger('sessionEpoch') ?? 0,
    tokenHash: stored.text('tokenHash'),
    previousTokenHash: stored.optionalText('previousTokenHash'),
    successorSeed: stored.optionalText('successorSeed'),
    rotations: stored.optionalInteger('rotations') ?? 0,
    rotatedAt: stored.optionalText('rotatedAt'),
    expiresAt: stored.text('expiresAt'),
    idleExpiresAt: stored.text('idleExpiresAt'),
    revokedAt: stored.optionalText('revokedAt'),
    revokedFor: stored.has('revokedFor') ? stored.oneOf('revokedFor', Object.values(SessionRevocation)) : undefined,
    createdAt: stored.text('createdAt'),
    writeId: stored.text('writeId'),
  });
}
