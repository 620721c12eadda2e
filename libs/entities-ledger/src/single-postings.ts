import { type Amount, assertNonZeroAmount, assertPositiveAmount } from './amount.ts';
import { type Posting, availablePosting } from './posting.ts';

/**
 * The posting of a DEPOSIT: into `available`.
 *
 * @param amount - minor units of `code`, positive.
 * @throws {@link InvalidAmountError} when the amount is not positive, or beyond 10²⁴.
 */
export function depositPostings(amount: Amount): Posting[] {
  assertPositiveAmount(amount);
  return [availablePosting(amount, amount.amountMinor)];
}

/**
 * The posting of a WITHDRAW: out of `available`.
 *
 * @param amount - minor units of `code`, positive.
 * @throws {@link InvalidAmountError} when the amount is not positive, or beyond 10²⁴.
 */
export function withdrawalPostings(amount: Amount): Posting[] {
  assertPositiveAmount(amount);
  return [availablePosting(amount, -amount.amountMinor)];
}

/**
 * The posting of a SYSTEM_ADJUSTMENT: into `available`, or out of it when the amount is negative.
 *
 * @param amount - minor units of `code`, signed, not zero.
 * @throws {@link InvalidAmountError} when the amount is zero, or beyond 10²⁴ either way.
 */
export function adjustmentPostings(amount: Amount): Posting[] {
  assertNonZeroAmount(amount);
  return [availablePosting(amount, amount.amountMinor)];
}
