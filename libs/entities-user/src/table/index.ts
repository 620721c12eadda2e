export {
  type EmailClaim,
  type EmailClaimItem,
  emailClaimItemSchema,
  fromEmailClaimItem,
  toEmailClaimItem,
} from './email-claim-item.ts';
export {
  type LoginItem,
  type LoginRecord,
  type LoginSource,
  fromLoginItem,
  loginAttributes,
  loginItemSchema,
} from './login-item.ts';
export { SCHEMA_VERSION } from './schema-version.ts';
export {
  type Session,
  type SessionItem,
  SessionRevocation,
  fromSessionItem,
  sessionItemSchema,
  toSessionItem,
} from './session-item.ts';
export { TIME_TO_LIVE, timeToLiveOf } from './time-to-live.ts';
export { type UserAccess, accessAttributes, userAccessIn } from './user-access.ts';
export {
  type UserItem,
  type UserItemExtras,
  fromUserItem,
  toUserItem,
  userItemExtras,
  userItemSchema,
} from './user-item.ts';
export {
  EMAIL_CLAIM_SORT_KEY,
  EMAIL_PREFIX,
  LOGIN_SLOT_PREFIX,
  LOGIN_SORT_KEY,
  PROFILE_SORT_KEY,
  SESSION_PREFIX,
  USER_PREFIX,
  emailKey,
  emailOfKey,
  familyIdOfKey,
  loginKey,
  loginSlotKey,
  sessionKey,
  userKey,
  usernameOfKey,
} from './keys.ts';
