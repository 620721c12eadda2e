export { amountInputFields, amountInputProblems, minorOf, type AmountInput } from './amount-input.ts';
export {
  amountSchema,
  assertPositiveAmount,
  isScaleOf,
  minorSchema,
  scaleSchema,
  signedMinorSchema,
  type Amount,
} from './amount.ts';
export { balanceEffect, type BalanceEffect } from './balance-effect.ts';
export { balanceTransactionCreateSchema, type BalanceTransactionCreate } from './balance-transaction-create.ts';
export {
  balanceTransactionListResponseSchema,
  balanceTransactionResponseSchema,
  toBalanceTransactionListResponse,
  toBalanceTransactionResponse,
  type BalanceTransactionListResponse,
  type BalanceTransactionPage,
  type BalanceTransactionResponse,
} from './balance-transaction-response.ts';
export { balanceTransactionSchema, type BalanceTransaction } from './balance-transaction.ts';
export {
  balanceListResponseSchema,
  balanceResponseSchema,
  balanceSchema,
  BalanceStatus,
  balanceStatusSchema,
  balanceUpdateSchema,
  toBalanceListResponse,
  toBalanceResponse,
  type Balance,
  type BalanceListResponse,
  type BalanceResponse,
  type BalanceUpdate,
} from './balance.ts';
export { ledgerErrors } from './errors.ts';
export { fillSchema, Side, sideSchema, type Fill } from './fill.ts';
export { journalShapeProblem, type JournalShape } from './journal-shape.ts';
export {
  adjustmentRequestSchema,
  cashRequestSchema,
  type AdjustmentRequest,
  type CashRequest,
} from './money-request.ts';
export {
  adjustmentPostings,
  Bucket,
  bucketSchema,
  capturePostings,
  depositPostings,
  holdPostings,
  paymentPostings,
  postingSchema,
  refundPostings,
  releasePostings,
  withdrawalPostings,
  type Capture,
  type Posting,
  type Trade,
} from './postings.ts';
export { mirrorOf, mirrorProblem, transferCreateSchema, type TransferCreate, type TransferEntry } from './transfer.ts';
export {
  assertTransactionTransition,
  canTransactionMove,
  TransactionStatus,
  transactionStatusSchema,
  TransactionType,
  transactionTypeSchema,
  type SettledTransactionStatus,
} from './transaction-status.ts';
