import { type BalanceTransaction, Bucket, type Posting, TransactionStatus, TransactionType } from '../index.ts';

/** A valid posting, +100.00 USD to available; the same one each time, save for what `overrides` names. */
export function makePosting(overrides: Partial<Posting> = {}): Posting {
  return { code: 'USD', bucket: Bucket.AVAILABLE, amountMinor: 10_000n, scale: 2, ...overrides };
}

/**
 * A valid journal entry, a completed deposit of 100.00 USD; the same one each time, save for what `overrides` names.
 *
 * Overriding the type calls for postings of that type, too.
 */
export function makeTransaction(overrides: Partial<BalanceTransaction> = {}): BalanceTransaction {
  return {
    transactionId: '01JGJ8Q2XE0000000000000000',
    owner: 'alice',
    transactionType: TransactionType.DEPOSIT,
    status: TransactionStatus.COMPLETED,
    postings: [makePosting()],
    createdAt: '2026-01-02T03:04:05.678Z',
    updatedAt: '2026-01-02T03:04:05.678Z',
    ...overrides,
  };
}
