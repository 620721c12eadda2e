import type { Quote } from '@cnop/entities-inventory';
import { feeOf, sideOf, type OrderCreate } from '@cnop/entities-order';
import { sharedErrors } from '@cnop/exceptions';
import { MAX_MINOR, multiplyAmounts, parseDecimal } from '@cnop/utils';
import { currencyScale } from '@cnop/validation';

/** A client's market order. */
export type MarketOrderCreate = Extract<OrderCreate, { orderType: 'MARKET_BUY' | 'MARKET_SELL' }>;

/** Whether an order is one that is executed at once, at the price of the moment. */
export const isMarketOrder = (order: OrderCreate): order is MarketOrderCreate =>
  order.orderType === 'MARKET_BUY' || order.orderType === 'MARKET_SELL';

/** A market order at a quote: all that decides whether it may be executed, and what it moves. Amounts in minor units. */
export interface PricedOrder {
  readonly order: MarketOrderCreate;
  readonly quote: Quote;
  readonly quantityMinor: bigint;
  /** The most that a buyer will pay for one unit. */
  readonly maxPriceMinor?: bigint;
  /** The least that a seller will take for one unit. */
  readonly minPriceMinor?: bigint;
  readonly currencyScale: number;
  /** price × quantity, rounded once to the currency's scale: up when the user pays, down when the user receives. */
  readonly notionalMinor: bigint;
  readonly feeBps: number;
  readonly feeMinor: bigint;
  /** The cash that moves: notional and fee of a buy; of a sell the notional less the fee, which is refused unless it is positive. */
  readonly cashMinor: bigint;
}

/**
 * What a market order comes to at a quote and a fee.
 *
 * @throws {@link sharedErrors.InvalidAmountError} naming the field, or when the value, or what a buyer would pay, is too large.
 */
export function priceAt(order: MarketOrderCreate, quote: Quote, feeBps: number): PricedOrder {
  const { decimals, priceScale, currency } = quote.asset;
  const amounts = amountsOf(order, { quantityScale: decimals, priceScale });
  const isBuy = sideOf(order.orderType) === 'BUY';
  const resultScale = currencyScale(currency);
  const notionalMinor = multiplyAmounts({
    priceMinor: quote.priceMinor,
    priceScale,
    quantityMinor: amounts.quantityMinor,
    quantityScale: decimals,
    resultScale,
    rounding: isBuy ? 'up' : 'down',
  });
  const feeMinor = feeOf(notionalMinor, feeBps);
  const cashMinor = isBuy ? notionalMinor + feeMinor : notionalMinor - feeMinor;
  if (cashMinor > MAX_MINOR) throw new sharedErrors.InvalidAmountError({ rule: 'maximum', scale: resultScale });

  return { order, quote, ...amounts, currencyScale: resultScale, notionalMinor, feeBps, feeMinor, cashMinor };
}

/**
 * The texts of a market order as minor units of the asset's scales.
 *
 * @throws {@link sharedErrors.InvalidAmountError} naming the field, when a text has more decimals than its scale or is too large.
 */
export function amountsOf(
  order: MarketOrderCreate,
  { quantityScale, priceScale }: { readonly quantityScale: number; readonly priceScale: number },
): Pick<PricedOrder, 'quantityMinor' | 'maxPriceMinor' | 'minPriceMinor'> {
  const quantityMinor = parseDecimal(order.quantity, quantityScale, 'quantity');

  if (order.orderType === 'MARKET_BUY') {
    return order.maxPrice === undefined
      ? { quantityMinor }
      : { quantityMinor, maxPriceMinor: parseDecimal(order.maxPrice, priceScale, 'maxPrice') };
  }
  return order.minPrice === undefined
    ? { quantityMinor }
    : { quantityMinor, minPriceMinor: parseDecimal(order.minPrice, priceScale, 'minPrice') };
}
