export {
  type BalanceItem,
  balanceAttributes,
  balanceItemSchema,
  fromBalanceItem,
  toBalanceItem,
} from './balance-item.ts';
export { type Claim, type ClaimItem, ClaimStatus, claimItemSchema, fromClaimItem, toClaimItem } from './claim-item.ts';
export {
  type EmailClaim,
  type EmailClaimItem,
  emailClaimItemSchema,
  fromEmailClaimItem,
  toEmailClaimItem,
} from './email-claim-item.ts';
export {
  BALANCE_PREFIX,
  CLAIM_PREFIX,
  EMAIL_CLAIM_SORT_KEY,
  EMAIL_PREFIX,
  type ItemKey,
  LOGIN_SLOT_PREFIX,
  LOGIN_SORT_KEY,
  PROFILE_SORT_KEY,
  SESSION_PREFIX,
  TRANSACTION_PREFIX,
  USER_PREFIX,
  balanceKey,
  claimKey,
  claimOfKey,
  codeOfKey,
  emailKey,
  emailOfKey,
  familyIdOfKey,
  loginKey,
  loginSlotKey,
  sessionKey,
  transactionIdOfKey,
  transactionKey,
  userKey,
  usernameOfKey,
} from './keys.ts';
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
export type { RawItem } from './stored-item.ts';
export { TIME_TO_LIVE, timeToLiveOf } from './time-to-live.ts';
export {
  type TransactionItem,
  type TransactionItemExtras,
  fromTransactionItem,
  toTransactionItem,
  transactionItemSchema,
} from './transaction-item.ts';
export { type UserAccess, accessAttributes, userAccessIn } from './user-access.ts';
export {
  type UserItem,
  type UserItemExtras,
  fromUserItem,
  toUserItem,
  userItemExtras,
  userItemSchema,
} from './user-item.ts';
export { usersTableShape } from './users-table-shape.ts';
