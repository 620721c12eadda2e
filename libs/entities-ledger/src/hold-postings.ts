import { type Amount, assertPositiveAmount } from './amount.ts';
import { Bucket, type Posting } from './posting.ts';

/**
 * The postings that reserve money or assets for one order: out of `available`, into `held`.
 *
 * Pure; the amounts net to zero within the code. Put them on an ORDER_HOLD entry in the transaction that queues the order.
 *
 * @param hold - what to reserve; `amountMinor` in minor units of `code` (cents, satoshi), positive.
 * @throws {@link InvalidAmountError} when the amount is not positive, or beyond 10²⁴.
 * @see {@link releasePostings} for the reverse.
 */
export function holdPostings(hold: Amount): Posting[] {
  assertPositiveAmount(hold);
  return movePostings(hold, hold.amountMinor);
}

/**
 * The postings that give a reservation back: out of `held`, into `available`.
 *
 * Pure; the amounts net to zero within the code. Put them on an ORDER_RELEASE entry in the transaction that closes the order.
 *
 * @param hold - what is still reserved; `amountMinor` in minor units of `code`, positive.
 * @throws {@link InvalidAmountError} when the amount is not positive, or beyond 10²⁴.
 * @see {@link holdPostings} for the reverse.
 */
export function releasePostings(hold: Amount): Posting[] {
  assertPositiveAmount(hold);
  return movePostings(hold, -hold.amountMinor);
}

function movePostings({ code, scale }: Amount, heldMinor: bigint): Posting[] {
  return [
    { code, bucket: Bucket.AVAILABLE, amountMinor: -heldMinor, scale },
    { code, bucket: Bucket.HELD, amountMinor: heldMinor, scale },
  ];
}
