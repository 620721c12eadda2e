import { z } from 'zod';

/** What a journal entry stands for; it decides the shape of the entry's postings. */
export const TransactionType = {
  DEPOSIT: 'DEPOSIT',
  WITHDRAW: 'WITHDRAW',
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
