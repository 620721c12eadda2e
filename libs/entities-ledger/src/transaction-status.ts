import * as z from 'zod';
import { ledgerErrors } from './errors.ts';

/** What a journal entry stands for; it decides the shape of the entry's postings. */
export const TransactionType = {
  DEPOSIT: 'DEPOSIT',
  WITHDRAW: 'WITHDRAW',
  TRANSFER: 'TRANSFER',
  ORDER_PAYMENT: 'ORDER_PAYMENT',
  ORDER_REFUND: 'ORDER_REFUND',
  ORDER_HOLD: 'ORDER_HOLD',
  ORDER_RELEASE: 'ORDER_RELEASE',
  SYSTEM_ADJUSTMENT: 'SYSTEM_ADJUSTMENT',
} as const;

/** One of the {@link TransactionType} values. */
export type TransactionType = (typeof TransactionType)[keyof typeof TransactionType];

/** Accepts exactly the {@link TransactionType} values. */
export const transactionTypeSchema = z.enum(TransactionType);

/** Where a journal entry stands. Only a `COMPLETED` entry has moved a balance. */
export const TransactionStatus = {
  PENDING: 'PENDING',
  COMPLETED: 'COMPLETED',
  FAILED: 'FAILED',
  CANCELLED: 'CANCELLED',
} as const;

/** One of the {@link TransactionStatus} values. */
export type TransactionStatus = (typeof TransactionStatus)[keyof typeof TransactionStatus];

/** A status that an entry never leaves. */
export type SettledTransactionStatus = Exclude<TransactionStatus, 'PENDING'>;

/** Accepts exactly the {@link TransactionStatus} values. */
export const transactionStatusSchema = z.enum(TransactionStatus);

/** Whether an entry may change from one status to another: out of `PENDING`, once. Staying is not a change. */
export function canTransactionMove(from: TransactionStatus, to: TransactionStatus): boolean {
  return from === TransactionStatus.PENDING && to !== TransactionStatus.PENDING;
}

/**
 * Refuses a change of status that {@link canTransactionMove} does not allow.
 *
 * @throws {@link ledgerErrors.TransactionNotPendingError} when the entry is settled already.
 */
export function assertTransactionTransition(
  from: TransactionStatus,
  to: SettledTransactionStatus,
  transactionId: string,
): void {
  if (!canTransactionMove(from, to)) {
    throw new ledgerErrors.TransactionNotPendingError({ transactionId, status: from });
  }
}
