export {
  BALANCE_PREFIX,
  balanceAttributes,
  balanceItemSchema,
  balanceKey,
  codeOfKey,
  fromBalanceItem,
  toBalanceItem,
  type BalanceItem,
} from './balance-item.ts';
export {
  CLAIM_PREFIX,
  claimItemSchema,
  claimKey,
  claimOfKey,
  ClaimStatus,
  fromClaimItem,
  toClaimItem,
  type Claim,
  type ClaimItem,
} from './claim-item.ts';
export { decodeLedgerItem, ledgerItemKind, type LedgerRecord } from './decode-ledger-item.ts';
export { OWNER_PREFIX, ownerOfKey, ownerPartition, SCHEMA_VERSION } from './keys.ts';
export {
  fromTransactionItem,
  toTransactionItem,
  TRANSACTION_PREFIX,
  transactionIdOfKey,
  transactionItemSchema,
  transactionKey,
  type TransactionItem,
  type TransactionItemExtras,
} from './transaction-item.ts';
