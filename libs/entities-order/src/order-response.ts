import { formatDecimal } from '@cnop/utils';
import { decimalTextSchema, positiveDecimalTextSchema } from '@cnop/validation';
import { z } from 'zod';

import { averagePriceOf } from './average-price.ts';
import type { OrderFill } from './order-fill.ts';
import { orderSchema, type Order } from './order.ts';
import { withoutUndefined } from './without-undefined.ts';

const { shape } = orderSchema;

/** Accepts an {@link OrderResponse}, ignoring fields that a newer server may add. */
export const orderResponseSchema = z.object({
  orderId: shape.orderId,
  username: shape.username,
  clientOrderId: shape.clientOrderId,
  orderType: shape.orderType,
  status: shape.status,
  assetId: shape.assetId,
  currency: shape.currency,
  quantity: positiveDecimalTextSchema,
  filledQuantity: decimalTextSchema,
  averagePrice: positiveDecimalTextSchema.optional(),
  notional: decimalTextSchema,
  limitPrice: positiveDecimalTextSchema.optional(),
  maxPrice: positiveDecimalTextSchema.optional(),
  minPrice: positiveDecimalTextSchema.optional(),
  priceAsOf: shape.priceAsOf,
  priceSource: shape.priceSource,
  fills: z.array(
    z.object({
      transactionId: shape.fills.element.shape.transactionId,
      price: positiveDecimalTextSchema,
      quantity: positiveDecimalTextSchema,
      notional: positiveDecimalTextSchema,
      executedAt: shape.fills.element.shape.executedAt,
    }),
  ),
  holdTransactionId: shape.holdTransactionId,
  releaseTransactionId: shape.releaseTransactionId,
  refundTransactionId: shape.refundTransactionId,
  failureCode: shape.failureCode,
  note: shape.note,
  metadata: shape.metadata,
  createdAt: shape.createdAt,
  updatedAt: shape.updatedAt,
  version: shape.version,
});

/**
 * An order as a client of the API sees it: amounts as decimal texts, in units of the asset and of its currency.
 *
 * `notional` is what the fills paid or received in all; `averagePrice`, only there when something is filled, is exact unless that
 * takes more than 18 decimals, and cut off there.
 */
export type OrderResponse = z.infer<typeof orderResponseSchema>;

/** What a client is told of an order. Fields that the order does not have are absent. */
export function toOrderResponse(order: Order): OrderResponse {
  const quantity = (minor: bigint) => formatDecimal(minor, order.quantityScale);
  const price = (minor: bigint) => formatDecimal(minor, order.priceScale);
  const cash = (minor: bigint) => formatDecimal(minor, order.currencyScale);

  const response: OrderResponse = {
    orderId: order.orderId,
    username: order.username,
    clientOrderId: order.clientOrderId,
    orderType: order.orderType,
    status: order.status,
    assetId: order.assetId,
    currency: order.currency,
    quantity: quantity(order.quantityMinor),
    filledQuantity: quantity(sumOf(order.fills, 'quantityMinor')),
    averagePrice: averagePriceOf(order.fills, order.priceScale),
    notional: cash(sumOf(order.fills, 'notionalMinor')),
    limitPrice: optional(order.limitPriceMinor, price),
    maxPrice: optional(order.maxPriceMinor, price),
    minPrice: optional(order.minPriceMinor, price),
    priceAsOf: order.priceAsOf,
    priceSource: order.priceSource,
    fills: order.fills.map((fill) => ({
      transactionId: fill.transactionId,
      price: price(fill.priceMinor),
      quantity: quantity(fill.quantityMinor),
      notional: cash(fill.notionalMinor),
      executedAt: fill.executedAt,
    })),
    holdTransactionId: order.holdTransactionId,
    releaseTransactionId: order.releaseTransactionId,
    refundTransactionId: order.refundTransactionId,
    failureCode: order.failureCode,
    note: order.note,
    metadata: order.metadata,
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
    version: order.version,
  };

  return withoutUndefined(response);
}

function sumOf(fills: readonly OrderFill[], amount: 'quantityMinor' | 'notionalMinor'): bigint {
  return fills.reduce((sum, fill) => sum + fill[amount], 0n);
}

function optional(minor: bigint | undefined, format: (minor: bigint) => string): string | undefined {
  return minor === undefined ? undefined : format(minor);
}
