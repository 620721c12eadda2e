export {
  type BalanceItem,
  balanceAttributes,
  balanceItemSchema,
  fromBalanceItem,
  toBalanceItem,
} from './balance-item.ts';
export { type Claim, type ClaimItem, ClaimStatus, claimItemSchema, fromClaimItem, toClaimItem } from './claim-item.ts';
export {
  type TransactionItem,
  type TransactionItemExtras,
  fromTransactionItem,
  toTransactionItem,
  transactionItemSchema,
} from './transaction-item.ts';
export {
  BALANCE_PREFIX,
  CLAIM_PREFIX,
  OWNER_PREFIX,
  TRANSACTION_PREFIX,
  balanceKey,
  claimKey,
  claimOfKey,
  codeOfKey,
  ownerOfKey,
  ownerPartition,
  transactionIdOfKey,
  transactionKey,
} from './keys.ts';
export { SCHEMA_VERSION } from './schema-version.ts';
