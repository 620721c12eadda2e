import type { BalanceTransaction } from './balance-transaction.ts';
import { Bucket, type Posting } from './postings.ts';
import { TransactionStatus, TransactionType } from './transaction-status.ts';

/** What an entry adds to each amount of one balance, in minor units; negative where it takes away. */
export interface BalanceEffect {
  readonly availableMinor: bigint;
  readonly heldMinor: bigint;
  /** What it adds to `totalDepositedMinor`; never negative for a well-formed entry. */
  readonly depositedMinor: bigint;
  /** What it adds to `totalWithdrawnMinor`; never negative for a well-formed entry. */
  readonly withdrawnMinor: bigint;
}

const noEffect: BalanceEffect = { availableMinor: 0n, heldMinor: 0n, depositedMinor: 0n, withdrawnMinor: 0n };

/**
 * What one journal entry adds to the user's balance of `code`.
 *
 * Pure. Zero for an entry that is not COMPLETED, and for a code it has no posting of. A balance is the sum of the effects of
 * all its entries.
 */
export function balanceEffect(
  entry: Pick<BalanceTransaction, 'transactionType' | 'status' | 'postings'>,
  code: string,
): BalanceEffect {
  if (entry.status !== TransactionStatus.COMPLETED) {
    return noEffect;
  }

  const postings = entry.postings.filter((posting) => posting.code === code);
  const availableMinor = bucketSum(postings, Bucket.AVAILABLE);
  const heldMinor = bucketSum(postings, Bucket.HELD);
  return {
    availableMinor,
    heldMinor,
    depositedMinor: entry.transactionType === TransactionType.DEPOSIT ? availableMinor + heldMinor : 0n,
    withdrawnMinor: entry.transactionType === TransactionType.WITHDRAW ? -availableMinor - heldMinor : 0n,
  };
}

function bucketSum(postings: readonly Posting[], bucket: Bucket): bigint {
  return postings.reduce((sum, posting) => (posting.bucket === bucket ? sum + posting.amountMinor : sum), 0n);
}
