export {
  administratorsItemSchema,
  administratorsKey,
  fromAdministratorsItem,
  type Administrators,
} from './administrators-item.ts';
export { decodeUsersItem, usersItemKind, type UsersRecord } from './decode-users-item.ts';
export {
  EMAIL_CLAIM_SORT_KEY,
  EMAIL_PREFIX,
  emailClaimItemSchema,
  emailKey,
  emailOfKey,
  fromEmailClaimItem,
  toEmailClaimItem,
  type EmailClaim,
  type EmailClaimItem,
} from './email-claim-item.ts';
export { SCHEMA_VERSION, timeToLiveOf, USER_PREFIX, usernameOfKey } from './keys.ts';
export {
  fromLoginItem,
  LOGIN_SLOT_PREFIX,
  LOGIN_SORT_KEY,
  loginAttributes,
  loginItemSchema,
  loginKey,
  loginSlotKey,
  type LoginItem,
  type LoginRecord,
  type LoginSource,
} from './login-item.ts';
export {
  familyIdOfKey,
  fromSessionItem,
  isSessionEnded,
  SESSION_PREFIX,
  sessionAccessAttributes,
  sessionItemSchema,
  sessionKey,
  SessionRevocation,
  toSessionItem,
  type Session,
  type SessionItem,
} from './session-item.ts';
export {
  accessAttributes,
  fromUserItem,
  PROFILE_SORT_KEY,
  toUserItem,
  userAccessIn,
  userItemExtras,
  userItemSchema,
  userKey,
  type UserItem,
  type UserItemExtras,
} from './user-item.ts';
