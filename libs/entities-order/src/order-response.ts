import { formatDecimal, withoutUndefined } from '@cnop/utils';
import {
  decimalTextSchema,
  listResponseSchema,
  positiveDecimalTextSchema,
  remarkFields,
  remarksOf,
} from '@cnop/validation';
import * as z from 'zod';

import { averagePriceOf } from './average-price.ts';
import { feeBpsSchema, orderSchema, type Order, type OrderFill } from './order.ts';
import { standingResponseFields, toStandingResponse, type ShownWatermark } from './standing/standing-response.ts';

const { shape } = orderSchema;
const price = positiveDecimalTextSchema.optional();

/** The shape of an order in an answer over an edge: amounts as decimal text. */
export const orderResponseSchema = z
  .strictObject({
    orderId: shape.orderId,
    username: shape.owner,
    clientOrderId: shape.clientOrderId,
    orderType: shape.orderType,
    status: shape.status,
    assetId: shape.assetId,
    currency: shape.currency,
    quantity: positiveDecimalTextSchema,
    filledQuantity: decimalTextSchema,
    averagePrice: positiveDecimalTextSchema.optional(),
    notional: decimalTextSchema,
    feeBps: feeBpsSchema.describe(
      'The fee of each fill, in basis points of its notional; fixed when the order was placed.',
    ),
    fee: decimalTextSchema.describe('The fees of all fills: on top of what a buyer paid, off what a seller received.'),
    limitPrice: price,
    maxPrice: price,
    minPrice: price,
    ...standingResponseFields,
    priceAsOf: shape.priceAsOf,
    priceSource: shape.priceSource,
    fills: z.array(
      z.strictObject({
        transactionId: shape.fills.element.shape.transactionId,
        price: positiveDecimalTextSchema,
        quantity: positiveDecimalTextSchema,
        notional: positiveDecimalTextSchema,
        fee: decimalTextSchema,
        tickAsOf: shape.fills.element.shape.tickAsOf.describe('The tick that filled it.'),
        venueFillId: shape.fills.element.shape.venueFillId.describe('The id that the venue gave to it.'),
        executedAt: shape.fills.element.shape.executedAt,
      }),
    ),
    holdTransactionId: shape.holdTransactionId,
    releaseTransactionId: shape.releaseTransactionId,
    refundTransactionId: shape.refundTransactionId,
    failureCode: shape.failureCode,
    ...remarkFields,
    createdAt: shape.createdAt,
    updatedAt: shape.updatedAt,
    endedAt: shape.endedAt,
    version: shape.version,
  })
  .describe('An order as it stands.')
  .meta({ title: 'Order' });

/**
 * An order as a client of the API sees it: amounts as decimal texts, in units of the asset and of its currency.
 *
 * `notional` is what the fills paid or received in all, before the `fee`; `averagePrice`, only there when something is filled, is exact unless that
 * takes more than 18 decimals, and cut off there.
 */
export type OrderResponse = z.infer<typeof orderResponseSchema>;

/**
 * What a client is told of an order. Fields that the order does not have are absent.
 *
 * @param watermark - of a trail, as of now; without it the one that the order began with is shown.
 */
export function toOrderResponse(order: Order, watermark?: ShownWatermark): OrderResponse {
  const quantity = (minor: bigint) => formatDecimal(minor, order.quantityScale);
  const price = (minor: bigint) => formatDecimal(minor, order.priceScale);
  const cash = (minor: bigint) => formatDecimal(minor, order.currencyScale);

  const response: OrderResponse = {
    orderId: order.orderId,
    username: order.owner,
    clientOrderId: order.clientOrderId,
    orderType: order.orderType,
    status: order.status,
    assetId: order.assetId,
    currency: order.currency,
    quantity: quantity(order.quantityMinor),
    filledQuantity: quantity(sumOf(order.fills, 'quantityMinor')),
    averagePrice: averagePriceOf(order.fills, order.priceScale),
    notional: cash(sumOf(order.fills, 'notionalMinor')),
    feeBps: order.feeBps ?? 0,
    fee: cash(sumOf(order.fills, 'feeMinor')),
    limitPrice: optional(order.limitPriceMinor, price),
    maxPrice: optional(order.maxPriceMinor, price),
    minPrice: optional(order.minPriceMinor, price),
    ...toStandingResponse(order, watermark),
    priceAsOf: order.priceAsOf,
    priceSource: order.priceSource,
    fills: order.fills.map((fill) => ({
      transactionId: fill.transactionId,
      price: price(fill.priceMinor),
      quantity: quantity(fill.quantityMinor),
      notional: cash(fill.notionalMinor),
      fee: cash(fill.feeMinor ?? 0n),
      ...withoutUndefined({ tickAsOf: fill.tickAsOf, venueFillId: fill.venueFillId }),
      executedAt: fill.executedAt,
    })),
    holdTransactionId: order.holdTransactionId,
    releaseTransactionId: order.releaseTransactionId,
    refundTransactionId: order.refundTransactionId,
    failureCode: order.failureCode,
    ...remarksOf(order),
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
    endedAt: order.endedAt,
    version: order.version,
  };

  return withoutUndefined(response);
}

/** The shape of a page of a list of orders in an answer. */
export const orderListResponseSchema = listResponseSchema(orderResponseSchema).meta({ title: 'OrderList' });

/** A page of a list of orders as an edge answers it. */
export type OrderListResponse = z.output<typeof orderListResponseSchema>;

/** A page of orders, as a DAO reads it. */
export interface OrderPage {
  readonly items: readonly Order[];
  readonly nextCursor?: string | undefined;
}

/**
 * What a client is told of a page of orders.
 *
 * @param watermarks - of the open trails among them, as of now, by order id.
 */
export const toOrderListResponse = (
  { items, nextCursor }: OrderPage,
  watermarks: ReadonlyMap<string, ShownWatermark> = new Map(),
): OrderListResponse => ({
  items: items.map((order) => toOrderResponse(order, watermarks.get(order.orderId))),
  ...(nextCursor !== undefined && { nextCursor }),
});

function sumOf(fills: readonly OrderFill[], amount: 'quantityMinor' | 'notionalMinor' | 'feeMinor'): bigint {
  return fills.reduce((sum, fill) => sum + (fill[amount] ?? 0n), 0n);
}

function optional(minor: bigint | undefined, format: (minor: bigint) => string): string | undefined {
  return minor === undefined ? undefined : format(minor);
}
