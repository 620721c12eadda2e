export { type BalanceItem, balanceItemSchema, fromBalanceItem, toBalanceItem } from './balance-item.ts';
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
  PROFILE_SORT_KEY,
  TRANSACTION_PREFIX,
  USER_PREFIX,
  balanceKey,
  claimKey,
  claimOfKey,
  codeOfKey,
  emailKey,
  emailOfKey,
  transactionIdOfKey,
  transactionKey,
  userKey,
  usernameOfKey,
} from './keys.ts';
export { SCHEMA_VERSION } from './schema-version.ts';
export type { RawItem } from './stored-item.ts';
export {
  type TransactionItem,
  type TransactionItemExtras,
  fromTransactionItem,
  toTransactionItem,
  transactionItemSchema,
} from './transaction-item.ts';
export {
  type UserItem,
  type UserItemExtras,
  fromUserItem,
  toUserItem,
  userItemExtras,
  userItemSchema,
} from './user-item.ts';
export { usersTableShape } from './users-table-shape.ts';
