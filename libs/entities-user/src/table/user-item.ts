import { type RawItem, StoredItem, withoutUndefined } from '@cnop/utils';
import { type InputValue, boolean, item, number, string } from 'dynamodb-toolbox/schema';
import { Role } from '../role.ts';
import { UserStatus } from '../user-status.ts';
import type { User } from '../user.ts';
import { userKey, usernameOfKey } from './keys.ts';
import { SCHEMA_VERSION } from './schema-version.ts';

/** The stored form of a user's profile. The username is in the key. */
export const userItemSchema = item({
  pk: string().key(),
  sk: string().key(),
  schemaVersion: number(),
  email: string(),
  firstName: string(),
  lastName: string(),
  phone: string().optional(),
  dateOfBirth: string().optional(),
  role: string().enum(...Object.values(Role)),
  status: string().enum(...Object.values(UserStatus)),
  marketingEmailsConsent: boolean(),
  dataSharingConsent: boolean(),
  createdAt: string(),
  updatedAt: string(),
  version: number(),
  passwordHash: string(),
  createKey: string().optional(),
  createHash: string().optional(),
  sessionEpoch: number().optional(),
  writeId: string(),
});

/** A user's profile as it is put. */
export type UserItem = InputValue<typeof userItemSchema>;

/** What a profile's item holds beside the user, and no answer ever shows. */
export interface UserItemExtras {
  readonly passwordHash: string;
  /** One per call that wrote the item; tells a call its own write from another's. */
  readonly writeId: string;
  /** The idempotency key of the registration, if it had one. */
  readonly createKey?: string | undefined;
  /** The request hash of the registration, if it had a key. */
  readonly createHash?: string | undefined;
  /** Counts how often all sessions of the user were ended at once; absent means never. A session is good in the epoch it began in. */
  readonly sessionEpoch?: number | undefined;
}

/** The item that stores a user. */
export function toUserItem(user: User, extras: UserItemExtras): UserItem {
  return withoutUndefined({
    ...userKey(user.username),
    schemaVersion: SCHEMA_VERSION,
    email: user.email,
    firstName: user.firstName,
    lastName: user.lastName,
    phone: user.phone,
    dateOfBirth: user.dateOfBirth,
    role: user.role,
    status: user.status,
    marketingEmailsConsent: user.marketingEmailsConsent,
    dataSharingConsent: user.dataSharingConsent,
    createdAt: user.createdAt,
    updatedAt: user.updatedAt,
    version: user.version,
    passwordHash: extras.passwordHash,
    createKey: extras.createKey,
    createHash: extras.createHash,
    sessionEpoch: extras.sessionEpoch,
    writeId: extras.writeId,
  });
}

/**
 * The user in a stored item; never the password hash.
 *
 * @throws Error naming the attribute that is malformed.
 */
export function fromUserItem(raw: RawItem): User {
  const stored = new StoredItem({ kind: 'user', raw });

  return withoutUndefined({
    username: stored.keyPart('pk', usernameOfKey),
    email: stored.text('email'),
    firstName: stored.text('firstName'),
    lastName: stored.text('lastName'),
    phone: stored.optionalText('phone'),
    dateOfBirth: stored.optionalText('dateOfBirth'),
    role: stored.oneOf('role', Object.values(Role)),
    status: stored.oneOf('status', Object.values(UserStatus)),
    marketingEmailsConsent: stored.flag('marketingEmailsConsent'),
    dataSharingConsent: stored.flag('dataSharingConsent'),
    createdAt: stored.text('createdAt'),
    updatedAt: stored.text('updatedAt'),
    version: stored.integer('version'),
  });
}

/**
 * What a stored profile holds beside the user: the password hash to verify against, and the marks of its writes.
 *
 * @throws Error naming the attribute that is malformed.
 */
export function userItemExtras(raw: RawItem): UserItemExtras {
  const stored = new StoredItem({ kind: 'user', raw });

  return withoutUndefined({
    passwordHash: stored.text('passwordHash'),
    writeId: stored.text('writeId'),
    createKey: stored.optionalText('createKey'),
    createHash: stored.optionalText('createHash'),
    sessionEpoch: stored.optionalInteger('sessionEpoch'),
  });
}
