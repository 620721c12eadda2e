import { sharedErrors } from '@cnop/exceptions';
import { MAX_MINOR, multiplyAmounts } from '@cnop/utils';
import { feeOf } from '../fee.ts';
import { filledQuantityOf, sideOf, type Order } from '../order.ts';
import { isLimit, isOco, isTakeProfit, type TriggerTerms } from './trigger-terms.ts';

/** What decides how much an order has to hold. */
export interface HoldTerms extends Pick<
  Order,
  | 'orderType'
  | 'quantityMinor'
  | 'quantityScale'
  | 'priceScale'
  | 'currencyScale'
  | 'feeBps'
  | 'holdPriceMinor'
  | 'notionalMinor'
  | 'maxFills'
> {
  readonly fills: readonly Pick<Order['fills'][number], 'quantityMinor'>[];
}

/**
 * The dearest price at which a buy can be filled: its limit, target or cap, and of an OCO the greater of its two sides.
 *
 * @throws a plain Error for an order that lacks it: it is validated when it is placed.
 */
export function holdPriceOf(
  order: Pick<
    TriggerTerms,
    'orderType' | 'limitPriceMinor' | 'stopPriceMinor' | 'stopLimitPriceMinor' | 'maxPriceMinor'
  >,
): bigint {
  const { orderType, limitPriceMinor, stopPriceMinor, stopLimitPriceMinor, maxPriceMinor } = order;
  const prices = isTakeProfit(orderType)
    ? [stopPriceMinor]
    : isOco(orderType)
      ? [limitPriceMinor, stopLimitPriceMinor ?? maxPriceMinor]
      : isLimit(orderType)
        ? [limitPriceMinor]
        : [limitPriceMinor ?? maxPriceMinor];

  return prices.reduce<bigint>((highest, price) => {
    if (price === undefined) throw new Error(`${orderType} lacks the price that its hold follows from.`);
    return price > highest ? price : highest;
  }, 0n);
}

/**
 * What an order has to hold, in minor units: a sell the quantity that remains; a buy what that can cost at the hold price with its
 * fees, each of the fills that are still allowed rounding its cash and its fee up by itself; a buy by notional that notional. 0 when
 * nothing remains.
 *
 * At every moment `heldMinor` is this: a fill pays out of the difference, and what it does not need of it is returned at once.
 *
 * @throws {@link sharedErrors.InvalidAmountError} when that is above 10²⁴.
 */
export function needOf(order: HoldTerms): bigint {
  const { orderType, fills, feeBps = 0, maxFills = 1, notionalMinor } = order;
  const remaining = order.quantityMinor - filledQuantityOf(fills);

  if (remaining <= 0n) return 0n;
  if (sideOf(orderType) === 'SELL') return remaining;
  if (notionalMinor !== undefined) return notionalMinor;
  if (order.holdPriceMinor === undefined) throw new Error('A buy lacks its hold price.');

  const { priceScale, quantityScale, currencyScale } = order;
  const laterFills = BigInt(maxFills - 1 - fills.length);
  const cost =
    multiplyAmounts({
      priceMinor: order.holdPriceMinor,
      priceScale,
      quantityMinor: remaining,
      quantityScale,
      resultScale: currencyScale,
      rounding: 'up',
    }) + (priceScale + quantityScale > currencyScale ? laterFills : 0n);
  const need = cost + feeOf(cost, feeBps) + (feeBps > 0 ? laterFills : 0n);

  if (need > MAX_MINOR) throw new sharedErrors.InvalidAmountError({ rule: 'maximum', scale: currencyScale });
  return need;
}

/**
 * The largest quantity whose cost with its fee is within a notional, at a price; 0 where that buys nothing.
 *
 * @param notionalMinor - fee included, in minor units of `currencyScale`.
 */
export function quantityWithin(
  notionalMinor: bigint,
  priceMinor: bigint,
  {
    priceScale,
    quantityScale,
    currencyScale,
    feeBps = 0,
  }: Pick<HoldTerms, 'priceScale' | 'quantityScale' | 'currencyScale' | 'feeBps'>,
): bigint {
  const cost = (notionalMinor * 10_000n) / (10_000n + BigInt(feeBps));
  const shift = priceScale + quantityScale - currencyScale;

  return shift >= 0 ? (cost * 10n ** BigInt(shift)) / priceMinor : cost / (priceMinor * 10n ** BigInt(-shift));
}
