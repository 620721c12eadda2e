import { type ItemKey, keyPart, type RawItem } from '@cnop/stored-items';
import { compileItemParser, compileItemReader, type ItemOf } from '@cnop/stored-items/compile';
import { boolean, item, number, string } from 'dynamodb-toolbox/schema';
import { Role, type User, type UserAccess, UserStatus } from '../user.ts';
import { keyAttributes, SCHEMA_VERSION, USER_PREFIX, usernameOfKey } from './keys.ts';

/** The sort key of a user's profile. */
export const PROFILE_SORT_KEY = 'PROFILE';

/** The key of a user's profile. */
export function userKey(username: string): ItemKey {
  return { pk: USER_PREFIX + username, sk: PROFILE_SORT_KEY };
}

/** The attributes that a user has in the domain too, under the same names. */
const userAttributes = {
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
};

/** What a profile's item holds beside the user, and no response ever shows. */
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

const extraAttributes = {
  passwordHash: string(),
  createKey: string().optional(),
  createHash: string().optional(),
  sessionEpoch: number().optional(),
  writeId: string(),
};

/** The stored form of a user's profile. The username is in the key. */
export const userItemSchema = item({
  ...keyAttributes,
  schemaVersion: number(),
  ...userAttributes,
  ...extraAttributes,
});

/** A user's profile as it is put. */
export type UserItem = ItemOf<typeof userItemSchema>;

const checkItem: (item: UserItem) => UserItem = compileItemParser(userItemSchema);

/** The item that stores a user. */
export function toUserItem({ username, ...user }: User, extras: UserItemExtras): UserItem {
  return checkItem({ ...userKey(username), schemaVersion: SCHEMA_VERSION, ...user, ...extras });
}

const readUser = compileItemReader({ kind: 'user', schema: item({ pk: keyAttributes.pk, ...userAttributes }) });
const readExtras = compileItemReader({ kind: 'user', schema: item(extraAttributes) });

/**
 * The user in a stored item; never the password hash.
 *
 * @throws a plain Error naming the attribute that is malformed.
 */
export function fromUserItem(raw: RawItem): User {
  return readUser(raw, ({ pk, ...user }) => ({ username: keyPart('pk', usernameOfKey(pk)), ...user }));
}

/**
 * What a stored profile holds beside the user: the password hash to verify against, and the marks of its writes.
 *
 * @throws a plain Error naming the attribute that is malformed.
 */
export function userItemExtras(raw: RawItem): UserItemExtras {
  return readExtras(raw, (extras) => extras);
}

const accessSchema = item({
  role: userAttributes.role,
  status: userAttributes.status,
  sessionEpoch: extraAttributes.sessionEpoch,
});
const readAccess = compileItemReader({ kind: 'user', schema: accessSchema });

/** The attributes of a profile that {@link userAccessIn} reads: all that a service needs which only asks whether a user may act. */
export const accessAttributes = ['role', 'status', 'sessionEpoch'] as const satisfies (keyof UserAccess)[];

/**
 * What decides whether a user may act, in the profile or in those attributes of it.
 *
 * @throws a plain Error naming the attribute that is malformed.
 */
export function userAccessIn(raw: RawItem): UserAccess {
  return readAccess(raw, (access) => ({ sessionEpoch: 0, ...access }));
}
