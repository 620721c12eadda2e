/** The primary key of one item of the users table. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** Begins the partition of everything that belongs to one user. */
export const USER_PREFIX = 'USER#';
/** Begins the partition of an email claim. */
export const EMAIL_PREFIX = 'EMAIL#';
/** The sort key of a user's profile. */
export const PROFILE_SORT_KEY = 'PROFILE';
/** The sort key of an email claim. */
export const EMAIL_CLAIM_SORT_KEY = 'CLAIM';
/** Begins the sort key of a balance. */
export const BALANCE_PREFIX = 'BALANCE#';
/** Begins the sort key of a journal entry. */
export const TRANSACTION_PREFIX = 'TXN#';
/** Begins the sort key of an idempotency claim. */
export const CLAIM_PREFIX = 'KEY#';

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

/** The key of a user's balance of one currency or asset. */
export function balanceKey(username: string, code: string): ItemKey {
  return { pk: USER_PREFIX + username, sk: BALANCE_PREFIX + code };
}

/** The key of a journal entry; ids are ULIDs, so that entries sort by time within their user. */
export function transactionKey(username: string, transactionId: string): ItemKey {
  return { pk: USER_PREFIX + username, sk: TRANSACTION_PREFIX + transactionId };
}

/**
 * The key of an idempotency claim: that `actor` used `key` for a money movement of `username`.
 *
 * The actor is a username and so holds no "#"; the key may hold any, and comes last.
 */
export function claimKey(username: string, actor: string, key: string): ItemKey {
  return { pk: USER_PREFIX + username, sk: `${CLAIM_PREFIX}${actor}#${key}` };
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

/** Which currency or asset the balance is of; `undefined` when the sort key is no balance's. */
export function codeOfKey(sk: string): string | undefined {
  return afterPrefix(sk, BALANCE_PREFIX);
}

/** Which journal entry it is; `undefined` when the sort key is no journal entry's. */
export function transactionIdOfKey(sk: string): string | undefined {
  return afterPrefix(sk, TRANSACTION_PREFIX);
}

/** Which family of refresh tokens it is; `undefined` when the sort key is none's. */
export function familyIdOfKey(sk: string): string | undefined {
  return afterPrefix(sk, SESSION_PREFIX);
}

/** Who used which idempotency key; `undefined` when the sort key is no idempotency claim's. */
export function claimOfKey(sk: string): { actor: string; key: string } | undefined {
  const claim = afterPrefix(sk, CLAIM_PREFIX);
  const separator = claim?.indexOf('#') ?? -1;

  return claim === undefined || separator < 1 || separator === claim.length - 1
    ? undefined
    : { actor: claim.slice(0, separator), key: claim.slice(separator + 1) };
}

function afterPrefix(key: string, prefix: string): string | undefined {
  return key.startsWith(prefix) && key.length > prefix.length ? key.slice(prefix.length) : undefined;
}
