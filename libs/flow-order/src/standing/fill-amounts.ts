import { feeOf, filledQuantityOf, quantityWithin, sideOf, type Order, type OrderFill } from '@cnop/entities-order';
import { multiplyAmounts } from '@cnop/utils';

/** A fill of an open order: how much, at what price, and on what it was made. */
export type FillRequest = Pick<OrderFill, 'priceMinor' | 'quantityMinor' | 'tickAsOf' | 'venueFillId'>;

/** What a fill moves. Amounts in minor units. */
export interface FillAmounts {
  /** What the fill is worth before its fee, rounded once: up when the owner pays, down when the owner receives. */
  readonly notionalMinor: bigint;
  readonly feeMinor: bigint;
  /** What is paid: of a buy cash with the fee, of a sell the asset. */
  readonly paidMinor: bigint;
  /** What is received: of a buy the asset, of a sell cash less the fee; not positive where the fee takes it whole. */
  readonly receivedMinor: bigint;
}

/** What a fill of an order would move. */
export function amountsOfFill(
  order: Pick<Order, 'orderType' | 'priceScale' | 'quantityScale' | 'currencyScale' | 'feeBps'>,
  { priceMinor, quantityMinor }: Pick<FillRequest, 'priceMinor' | 'quantityMinor'>,
): FillAmounts {
  const { priceScale, quantityScale, currencyScale, feeBps = 0 } = order;
  const isBuy = sideOf(order.orderType) === 'BUY';
  const notionalMinor = multiplyAmounts({
    priceMinor,
    priceScale,
    quantityMinor,
    quantityScale,
    resultScale: currencyScale,
    rounding: isBuy ? 'up' : 'down',
  });
  const feeMinor = feeOf(notionalMinor, feeBps);

  return isBuy
    ? { notionalMinor, feeMinor, paidMinor: notionalMinor + feeMinor, receivedMinor: quantityMinor }
    : { notionalMinor, feeMinor, paidMinor: quantityMinor, receivedMinor: notionalMinor - feeMinor };
}

/** What a tick at this price fills: all that remains; of a buy by notional as much as that pays for. */
export const fillableQuantity = (
  order: Pick<Order, 'notionalMinor' | 'quantityMinor' | 'fills'> & Parameters<typeof quantityWithin>[2],
  priceMinor: bigint,
): bigint =>
  order.notionalMinor === undefined
    ? order.quantityMinor - filledQuantityOf(order.fills)
    : quantityWithin(order.notionalMinor, priceMinor, order);
