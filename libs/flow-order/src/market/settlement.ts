import type { WriteAction } from '@cnop/database-core';
import { sideOf, type Order } from '@cnop/entities-order';
import { paymentPostings, type BalanceTransaction } from '@cnop/entities-ledger';
import { remarksOf } from '@cnop/validation';
import type { OrderFlowContext } from '../order-flow-context.ts';
import type { Placement } from '../placement.ts';
import type { PricedOrder } from './priced-order.ts';

/**
 * The order as it is after its execution at once, in one fill.
 *
 * @param execution - the journal entry that pays for the fill, and the time, ISO 8601 UTC.
 */
export function completedOrder(
  { owner, orderId, clientOrderId }: Placement,
  priced: PricedOrder,
  { transactionId, at }: { readonly transactionId: string; readonly at: string },
): Order {
  const { order, quantityMinor, maxPriceMinor, minPriceMinor, notionalMinor, feeBps, feeMinor, currencyScale } = priced;
  const { asset, priceMinor, priceAsOf, priceSource } = priced.quote;
  const fee = feeMinor > 0n ? { feeMinor } : undefined;

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
    ...(feeBps > 0 && { feeBps }),
    priceAsOf,
    priceSource,
    fills: [{ transactionId, priceMinor, quantityMinor, notionalMinor, ...fee, executedAt: at }],
    heldMinor: 0n,
    ...remarksOf(order),
    createdAt: at,
    updatedAt: at,
    endedAt: at,
    version: 1,
  };
}

/** The journal entry of one fill of an order that held nothing: cash against asset, both on `available`. */
export function paymentEntry(order: Order, fill: Order['fills'][number]): BalanceTransaction {
  const { orderId, owner, orderType, priceScale, quantityScale } = order;
  const { transactionId, priceMinor, quantityMinor, feeMinor, executedAt } = fill;

  return {
    transactionId,
    owner,
    transactionType: 'ORDER_PAYMENT',
    status: 'COMPLETED',
    postings: fillPostings(order, fill),
    orderId,
    fill: { priceMinor, priceScale, quantityMinor, quantityScale, side: sideOf(orderType) },
    ...(feeMinor !== undefined && { feeMinor }),
    createdAt: executedAt,
    updatedAt: executedAt,
  };
}

/** The postings that pay for one fill of an order. */
export const fillPostings = (
  { orderType, currency, currencyScale, assetId, quantityScale }: Order,
  { notionalMinor, feeMinor, quantityMinor }: Order['fills'][number],
) =>
  paymentPostings({
    side: sideOf(orderType),
    cash: { code: currency, amountMinor: notionalMinor, scale: currencyScale },
    feeMinor,
    asset: { code: assetId, amountMinor: quantityMinor, scale: quantityScale },
  });

/**
 * What carries out a journal entry on `available`: the entry itself, then a debit or a credit for each posting, in their order.
 *
 * 2 write units each.
 */
export function settlementActions({ balances }: OrderFlowContext, entry: BalanceTransaction): WriteAction[] {
  const moves = entry.postings.map(({ code, amountMinor, scale }) => {
    const move = { owner: entry.owner, code, scale, at: entry.createdAt };

    return amountMinor < 0n
      ? balances.debitAction({ ...move, amountMinor: -amountMinor })
      : balances.creditAction({ ...move, amountMinor });
  });

  return [balances.putTransactionAction(entry), ...moves];
}
