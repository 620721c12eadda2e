import { type Amount, assertPositiveAmount } from './amount.ts';
import { Side } from './fill.ts';
import { type Posting, availablePosting } from './posting.ts';

/** A trade that settles at once: both amounts positive, in minor units of their codes. */
export interface Trade {
  readonly side: Side;
  /** What the trade costs or brings in, rounded to the currency's scale. */
  readonly cash: Amount;
  /** How much of the asset changes hands. */
  readonly asset: Amount;
}

/**
 * The two postings of an ORDER_PAYMENT that no hold preceded, both on `available`: cash first, then the asset.
 *
 * A buy takes the cash and gives the asset, a sell the other way. Pure.
 *
 * @throws {@link InvalidAmountError} when an amount is not positive, or beyond 10²⁴.
 */
export function paymentPostings({ side, cash, asset }: Trade): Posting[] {
  assertPositiveAmount(cash);
  assertPositiveAmount(asset);

  const sign = side === Side.BUY ? 1n : -1n;
  return [availablePosting(cash, -sign * cash.amountMinor), availablePosting(asset, sign * asset.amountMinor)];
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
