export type { BalanceMove } from './balance-actions.ts';
export { BalanceDao, getBalanceDao, type BalanceDaoOptions } from './balance-dao.ts';
export type { BalanceCreate, BalanceStatusChange } from './balance-writes.ts';
export type { TransactionResult } from './create-transaction.ts';
export type { BalanceCapture, BalanceHold, BalanceRelease, HeldCredit } from './held-moves.ts';
export type { OwnerCheck } from './ledger-table.ts';
export { ownerOf } from './owner-of.ts';
export type { TransactionStatusChange } from './settle-transaction.ts';
export type { TransactionList } from './transaction-list.ts';
