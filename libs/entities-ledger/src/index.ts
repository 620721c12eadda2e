export { type Amount, amountSchema, minorSchema, scaleSchema, signedMinorSchema } from './amount.ts';
export { type BalanceEffect, balanceEffect } from './balance-effect.ts';
export {
  type BalanceListResponse,
  type BalanceResponse,
  balanceListResponseSchema,
  balanceResponseSchema,
  toBalanceListResponse,
  toBalanceResponse,
} from './balance-response.ts';
export { BalanceStatus, balanceStatusSchema } from './balance-status.ts';
export { type BalanceTransactionCreate, balanceTransactionCreateSchema } from './balance-transaction-create.ts';
export {
  type BalanceTransactionListResponse,
  type BalanceTransactionPage,
  type BalanceTransactionResponse,
  balanceTransactionListResponseSchema,
  balanceTransactionResponseSchema,
  toBalanceTransactionListResponse,
  toBalanceTransactionResponse,
} from './balance-transaction-response.ts';
export { type BalanceTransaction, balanceTransactionSchema } from './balance-transaction.ts';
export { type BalanceUpdate, balanceUpdateSchema } from './balance-update.ts';
export { type Balance, balanceSchema } from './balance.ts';
export { ledgerErrors } from './errors.ts';
export { type Fill, Side, fillSchema, sideSchema } from './fill.ts';
export { holdPostings, releasePostings } from './hold-postings.ts';
export { type JournalShape, journalShapeProblem } from './journal-shape.ts';
export {
  type AdjustmentRequest,
  type CashRequest,
  adjustmentRequestSchema,
  cashRequestSchema,
  requestedMinor,
} from './money-request.ts';
export { Bucket, type Posting, bucketSchema, postingSchema } from './posting.ts';
export { adjustmentPostings, depositPostings, withdrawalPostings } from './single-postings.ts';
export { type Trade, paymentPostings, refundPostings } from './trade-postings.ts';
export {
  type SettledTransactionStatus,
  TransactionStatus,
  assertTransactionTransition,
  canTransactionMove,
  transactionStatusSchema,
} from './transaction-status.ts';
export { TransactionType, transactionTypeSchema } from './transaction-type.ts';
