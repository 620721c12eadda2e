import { afterPrefix, type ItemKey } from '@cnop/utils';

/** Begins the partition of a user's profile, sessions and attempts to log in. */
export const USER_PREFIX = 'USER#';
/** Begins the partition of an email claim. */
export const EMAIL_PREFIX = 'EMAIL#';
/** The sort key of a user's profile. */
export const PROFILE_SORT_KEY = 'PROFILE';
/** The sort key of an email claim. */
export const EMAIL_CLAIM_SORT_KEY = 'CLAIM';
/** Begins the sort key of a family of refresh tokens. */
export const SESSION_PREFIX = 'SESSION#';
/** The sort key of the record of attempts to log in. */
export const LOGIN_SORT_KEY = 'LOGIN';
/** Begins the partition of a record of attempts to log in under a name that nobody has. */
export const LOGIN_SLOT_PREFIX = 'LOGIN#';

/** The key of a user's profile. */
export function userKey(username: string): ItemKey {
  return { pk: USER_PREFIX + username, sk: PROFILE_SORT_KEY };
}

/** The key of the claim on an email address, which has to be normalised (trimmed, lower-cased) already. */
export function emailKey(email: string): ItemKey {
  return { pk: EMAIL_PREFIX + email, sk: EMAIL_CLAIM_SORT_KEY };
}

/** The key of a family of refresh tokens of a user. */
export function sessionKey(username: string, familyId: string): ItemKey {
  return { pk: USER_PREFIX + username, sk: SESSION_PREFIX + familyId };
}

/** The key of the record of attempts to log in as a user. */
export function loginKey(username: string): ItemKey {
  return { pk: USER_PREFIX + username, sk: LOGIN_SORT_KEY };
}

/** The key of the slot where attempts are recorded under a name that nobody has; many names share one. */
export function loginSlotKey(slot: number): ItemKey {
  return { pk: `${LOGIN_SLOT_PREFIX}${slot}`, sk: LOGIN_SORT_KEY };
}

/** Whose partition it is; `undefined` when the key begins no user's partition. */
export function usernameOfKey(pk: string): string | undefined {
  return afterPrefix(pk, USER_PREFIX);
}

/** Which address is claimed there; `undefined` when the key begins no email claim's partition. */
export function emailOfKey(pk: string): string | undefined {
  return afterPrefix(pk, EMAIL_PREFIX);
}

/** Which family of refresh tokens it is; `undefined` when the sort key is none's. */
export function familyIdOfKey(sk: string): string | undefined {
  return afterPrefix(sk, SESSION_PREFIX);
}
