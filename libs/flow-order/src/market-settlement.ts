import { sideOf, type Order } from '@cnop/entities-order';
import { paymentPostings, type BalanceTransaction } from '@cnop/entities-ledger';
import type { MarketTerms } from './market-terms.ts';
import type { Placement } from './placement.ts';

/** What names one execution of an order. */
export interface Execution {
  /** The journal entry that pays for it. */
  readonly transactionId: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** The order as it is after its execution on these terms. */
export function completedOrder(
  { owner, order, orderId, clientOrderId }: Placement,
  { quote, quantityMinor, maxPriceMinor, minPriceMinor, notionalMinor, currencyScale }: MarketTerms,
  { transactionId, at }: Execution,
): Order {
  const { asset, priceMinor, priceAsOf, priceSource } = quote;

  return {
    orderId,
    owner,
    ...(clientOrderId !== undefined && { clientOrderId }),
    orderType: order.orderType,
    status: 'COMPLETED',
    assetId: asset.assetId,
    currency: asset.currency,
    quantityMinor,
    quantityScale: asset.decimals,
    priceScale: asset.priceScale,
    currencyScale,
    ...(maxPriceMinor !== undefined && { maxPriceMinor }),
    ...(minPriceMinor !== undefined && { minPriceMinor }),
    priceAsOf,
    priceSource,
    fills: [{ transactionId, priceMinor, quantityMinor, notionalMinor, executedAt: at }],
    heldMinor: 0n,
    createdAt: at,
    updatedAt: at,
    version: 1,
  };
}

/** The journal entry of one fill of an order that held nothing: cash against asset, both on `available`. */
export function paymentEntry(order: Order, fill: Order['fills'][number]): BalanceTransaction {
  const { orderId, owner, orderType, priceScale, quantityScale } = order;
  const { transactionId, priceMinor, quantityMinor, executedAt } = fill;

  return {
    transactionId,
    owner,
    transactionType: 'ORDER_PAYMENT',
    status: 'COMPLETED',
    postings: fillPostings(order, fill),
    orderId,
    fill: { priceMinor, priceScale, quantityMinor, quantityScale, side: sideOf(orderType) },
    createdAt: executedAt,
    updatedAt: executedAt,
  };
}

/** The postings that pay for one fill of an order. */
export const fillPostings = (
  { orderType, currency, currencyScale, assetId, quantityScale }: Order,
  { notionalMinor, quantityMinor }: Order['fills'][number],
) =>
  paymentPostings({
    side: sideOf(orderType),
    cash: { code: currency, amountMinor: notionalMinor, scale: currencyScale },
    asset: { code: assetId, amountMinor: quantityMinor, scale: quantityScale },
  });
