import { afterPrefix } from '@cnop/stored-items';
import { string } from 'dynamodb-toolbox/schema';

/** Begins the partition of a user's profile, sessions and attempts to log in. */
export const USER_PREFIX = 'USER#';

/** Whose partition it is; `undefined` when the key begins no user's partition. */
export function usernameOfKey(pk: string): string | undefined {
  return afterPrefix(pk, USER_PREFIX);
}

/** The key attributes of every item in the users table. */
export const keyAttributes = { pk: string().key(), sk: string().key() };

/** The version of the attributes' meaning that this release writes; on every item of the users table. */
export const SCHEMA_VERSION = 1;

/** A moment, ISO 8601 UTC, as DynamoDB's time to live takes it: whole seconds since 1970, rounded up. */
export const timeToLiveOf = (at: string): number => Math.ceil(Date.parse(at) / 1_000);
