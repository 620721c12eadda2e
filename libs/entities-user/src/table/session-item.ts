import { afterPrefix, keyPart, type ItemKey, type RawItem } from '@cnop/stored-items';
import { compileItemParser, compileItemReader, type ItemOf } from '@cnop/stored-items/compile';
import { item, number, string } from 'dynamodb-toolbox/schema';
import { keyAttributes, SCHEMA_VERSION, timeToLiveOf, USER_PREFIX, usernameOfKey } from './keys.ts';
import { accessAttributes } from './user-item.ts';

/** Begins the sort key of a family of refresh tokens. */
export const SESSION_PREFIX = 'SESSION#';

/** The key of a family of refresh tokens of a user. */
export function sessionKey(username: string, familyId: string): ItemKey {
  return { pk: USER_PREFIX + username, sk: SESSION_PREFIX + familyId };
}

/** Which family of refresh tokens it is; `undefined` when the sort key is none's. */
export function familyIdOfKey(sk: string): string | undefined {
  return afterPrefix(sk, SESSION_PREFIX);
}

/** Why a session was ended before its time. */
export const SessionRevocation = {
  /** The user logged out. */
  LOGOUT: 'LOGOUT',
  /** A refresh token was presented that had been used before: there is a copy. */
  REUSE: 'REUSE',
} as const;

/** One of the {@link SessionRevocation} values. */
export type SessionRevocation = (typeof SessionRevocation)[keyof typeof SessionRevocation];

/**
 * A user logged in on one device: a family of refresh tokens, each of which replaces the one before. No token is in it.
 *
 * Times are ISO 8601 UTC.
 */
export interface Session {
  readonly username: string;
  /** Who knows it can end the session, and nothing else: the user, and who has one of their access tokens. */
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

const attributes = {
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
};

/** The stored form of a session. Username and family id are in the key; `sessionEpoch` and `rotations` absent mean 0. */
export const sessionItemSchema = item({ ...keyAttributes, schemaVersion: number(), ...attributes, ttl: number() });

/** A session as it is put. */
export type SessionItem = ItemOf<typeof sessionItemSchema>;

const checkItem: (item: SessionItem) => SessionItem = compileItemParser(sessionItemSchema);

/** The item that stores a session: for a new one. A rotation changes attributes of the stored item instead. */
export function toSessionItem({ username, familyId, sessionEpoch, rotations, ...session }: Session): SessionItem {
  return checkItem({
    ...sessionKey(username, familyId),
    schemaVersion: SCHEMA_VERSION,
    ...session,
    sessionEpoch: sessionEpoch === 0 ? undefined : sessionEpoch,
    rotations: rotations === 0 ? undefined : rotations,
    ttl: timeToLiveOf(session.idleExpiresAt),
  });
}

/** The attributes of a profile and of a session that say whether a user may act in that session, with the keys to tell them apart. */
export const sessionAccessAttributes = ['pk', 'sk', ...accessAttributes, 'revokedAt'] as const;

/** Whether a session has ended, by its item or those attributes of it; one that is absent has. */
export const isSessionEnded = (raw: RawItem | undefined): boolean => raw?.['revokedAt'] !== undefined || !raw;

const readSession = compileItemReader({ kind: 'session', schema: item({ ...keyAttributes, ...attributes }) });

/**
 * The session in a stored item.
 *
 * @throws a plain Error naming the attribute that is malformed.
 */
export function fromSessionItem(raw: RawItem): Session {
  return readSession(raw, ({ pk, sk, ...session }) => ({
    username: keyPart('pk', usernameOfKey(pk)),
    familyId: keyPart('sk', familyIdOfKey(sk)),
    sessionEpoch: 0,
    rotations: 0,
    ...session,
  }));
}
