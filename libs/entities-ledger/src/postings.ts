import { sharedErrors } from '@cnop/exceptions';
import * as z from 'zod';
import { amountSchema, assertNonZeroAmount, assertPositiveAmount, type Amount } from './amount.ts';
import { Side } from './fill.ts';

/** The two parts of a balance: free to spend, and reserved for open orders. */
export const Bucket = {
  AVAILABLE: 'available',
  HELD: 'held',
} as const;

/** One of the {@link Bucket} values. */
export type Bucket = (typeof Bucket)[keyof typeof Bucket];

/** Accepts exactly the {@link Bucket} values. */
export const bucketSchema = z.enum(Bucket);

/** Accepts one posting. */
export const postingSchema = amountSchema
  .extend({ bucket: bucketSchema })
  .refine((posting) => posting.amountMinor !== 0n, { path: ['amountMinor'], message: 'A posting moves something.' });

/** One movement of one code into (positive) or out of (negative) one bucket of the user's balance. */
export type Posting = z.output<typeof postingSchema>;

/** A posting of `amountMinor` to `available`, in the code and scale of `amount`. */
function availablePosting({ code, scale }: Amount, amountMinor: bigint): Posting {
  return { code, bucket: Bucket.AVAILABLE, amountMinor, scale };
}

/**
 * The posting of a DEPOSIT: into `available`.
 *
 * @param amount - minor units of `code`, positive.
 * @throws {@link sharedErrors.InvalidAmountError} when the amount is not positive, or beyond 10²⁴.
 */
export function depositPostings(amount: Amount): Posting[] {
  assertPositiveAmount(amount);
  return [availablePosting(amount, amount.amountMinor)];
}

/**
 * The posting of a WITHDRAW: out of `available`.
 *
 * @param amount - minor units of `code`, positive.
 * @throws {@link sharedErrors.InvalidAmountError} when the amount is not positive, or beyond 10²⁴.
 */
export function withdrawalPostings(amount: Amount): Posting[] {
  assertPositiveAmount(amount);
  return [availablePosting(amount, -amount.amountMinor)];
}

/**
 * The posting of a SYSTEM_ADJUSTMENT: into `available`, or out of it when the amount is negative.
 *
 * @param amount - minor units of `code`, signed, not zero.
 * @throws {@link sharedErrors.InvalidAmountError} when the amount is zero, or beyond 10²⁴ either way.
 */
export function adjustmentPostings(amount: Amount): Posting[] {
  assertNonZeroAmount(amount);
  return [availablePosting(amount, amount.amountMinor)];
}

/**
 * The postings that reserve money or assets for one order: out of `available`, into `held`.
 *
 * Pure; the amounts net to zero within the code. Put them on an ORDER_HOLD entry in the transaction that queues the order.
 *
 * @param hold - what to reserve; `amountMinor` in minor units of `code` (cents, satoshi), positive.
 * @throws {@link sharedErrors.InvalidAmountError} when the amount is not positive, or beyond 10²⁴.
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
 * @throws {@link sharedErrors.InvalidAmountError} when the amount is not positive, or beyond 10²⁴.
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

/** A trade that settles at once: both amounts positive, in minor units of their codes. */
export interface Trade {
  readonly side: Side;
  /** What the trade costs or brings in before the fee, rounded to the currency's scale. */
  readonly cash: Amount;
  /** On top of what a buyer pays, off what a seller receives; minor units of the currency, not negative. Default 0. */
  readonly feeMinor?: bigint | undefined;
  /** How much of the asset changes hands. */
  readonly asset: Amount;
}

/**
 * The two postings of an ORDER_PAYMENT that no hold preceded, both on `available`: cash first, then the asset.
 *
 * A buy takes the cash with the fee and gives the asset, a sell takes the asset and gives the cash less the fee. Pure.
 *
 * @throws {@link sharedErrors.InvalidAmountError} when an amount is not positive, or beyond 10²⁴: also what a buyer pays with the fee,
 *   and what a seller receives after it; when the fee is negative.
 */
export function paymentPostings({ side, cash, asset, feeMinor = 0n }: Trade): Posting[] {
  const isBuy = side === Side.BUY;
  const moved = { ...cash, amountMinor: cash.amountMinor + (isBuy ? feeMinor : -feeMinor) };
  if (feeMinor < 0n) throw new sharedErrors.InvalidAmountError({ rule: 'negative', field: 'feeMinor' });
  for (const amount of [cash, asset, moved]) assertPositiveAmount(amount);

  return isBuy
    ? [availablePosting(moved, -moved.amountMinor), availablePosting(asset, asset.amountMinor)]
    : [availablePosting(moved, moved.amountMinor), availablePosting(asset, -asset.amountMinor)];
}

/** A fill of an order that holds what it pays with. */
export interface Capture extends Trade {
  /** What this fill takes out of the hold, in minor units of what is paid (BUY: `cash`, SELL: `asset`), positive. */
  readonly heldMinor: bigint;
}

/**
 * The postings of an ORDER_PAYMENT out of a hold: `heldMinor` leaves `held`, and what is received goes to `available`.
 *
 * What the fill takes out of the hold and does not pay goes back to `available`; what the hold is short of is taken from `available`.
 * Cash first, then the asset; within a code `held` first. Pure.
 *
 * @throws {@link sharedErrors.InvalidAmountError} as {@link paymentPostings} does, and when `heldMinor` is not positive, or beyond 10²⁴.
 */
export function capturePostings({ heldMinor, ...trade }: Capture): Posting[] {
  assertPositiveAmount({ amountMinor: heldMinor }, 'heldMinor');

  return paymentPostings(trade).flatMap((posting) =>
    posting.amountMinor > 0n ? posting : outOfHold(posting, heldMinor),
  );
}

/** The same payment out of `held`, with what remains of `heldMinor`, or is missing to it, on `available`. */
function outOfHold(paid: Posting, heldMinor: bigint): Posting[] {
  const restMinor = heldMinor + paid.amountMinor;
  const captured: Posting = { ...paid, bucket: Bucket.HELD, amountMinor: -heldMinor };

  return restMinor === 0n ? [captured] : [captured, availablePosting(paid, restMinor)];
}

/**
 * The postings of the ORDER_REFUND that undoes an order: the exact negation of its payments, code by code, all on `available`.
 *
 * What a payment took out of `held` comes back as `available`: the order that held it is closed. Pure; codes in the order of
 * their first posting, those that net to zero left out.
 *
 * @param payments - the postings of all ORDER_PAYMENT entries of one order.
 */
export function refundPostings(payments: readonly Posting[]): Posting[] {
  const nets = new Map<string, Amount>();

  for (const { code, amountMinor, scale } of payments) {
    const net = nets.get(code) ?? { code, amountMinor: 0n, scale };
    if (net.scale !== scale) {
      throw new Error(`The payments carry two scales of ${code}: ${net.scale} and ${scale}.`);
    }
    nets.set(code, { code, amountMinor: net.amountMinor + amountMinor, scale });
  }
  return [...nets.values()]
    .filter((net) => net.amountMinor !== 0n)
    .map((net) => availablePosting(net, -net.amountMinor));
}
