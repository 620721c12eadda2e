import type { RawItem } from '@cnop/stored-items';
import type { User } from '../user.ts';
import { type Administrators, administratorsKey, fromAdministratorsItem } from './administrators-item.ts';
import { EMAIL_CLAIM_SORT_KEY, emailOfKey, fromEmailClaimItem, type EmailClaim } from './email-claim-item.ts';
import { usernameOfKey } from './keys.ts';
import { fromLoginItem, LOGIN_SORT_KEY, type LoginRecord } from './login-item.ts';
import { familyIdOfKey, fromSessionItem, type Session } from './session-item.ts';
import { fromUserItem, PROFILE_SORT_KEY } from './user-item.ts';

/** What an item of the users table is; `unknown` is one that this release does not know. */
export type UsersRecord =
  | { readonly kind: 'user'; readonly user: User }
  | { readonly kind: 'email-claim'; readonly claim: EmailClaim }
  | { readonly kind: 'session'; readonly session: Session }
  | { readonly kind: 'login'; readonly login: LoginRecord }
  | { readonly kind: 'administrators'; readonly administrators: Administrators }
  | { readonly kind: 'unknown' };

/** Which kind of item it is, by its key alone. */
export function usersItemKind({ pk, sk }: RawItem): UsersRecord['kind'] {
  if (sk === LOGIN_SORT_KEY) return 'login';
  if (pk === administratorsKey.pk && sk === administratorsKey.sk) return 'administrators';
  if (sk === EMAIL_CLAIM_SORT_KEY && emailOfKey(String(pk)) !== undefined) return 'email-claim';
  if (usernameOfKey(String(pk)) === undefined) return 'unknown';
  if (sk === PROFILE_SORT_KEY) return 'user';
  return familyIdOfKey(String(sk)) === undefined ? 'unknown' : 'session';
}

/**
 * What an item of the users table says, whichever kind it is of.
 *
 * @throws a plain Error naming the attribute that is malformed, of a kind that is known.
 */
export function decodeUsersItem(raw: RawItem): UsersRecord {
  const kind = usersItemKind(raw);

  switch (kind) {
    case 'user':
      return { kind, user: fromUserItem(raw) };
    case 'email-claim':
      return { kind, claim: fromEmailClaimItem(raw) };
    case 'session':
      return { kind, session: fromSessionItem(raw) };
    case 'login':
      return { kind, login: fromLoginItem(raw) };
    case 'administrators':
      return { kind, administrators: fromAdministratorsItem(raw) };
    case 'unknown':
      return { kind };
  }
}
