import { MAX_MINOR, MAX_SCALE } from '@cnop/utils';
import {
  assetIdSchema,
  currencyCodeSchema,
  idempotencyKeySchema,
  orderIdSchema,
  ownerSchema,
  remarkFields,
  timestampSchema,
  transactionIdSchema,
  wellFormedTextSchema,
} from '@cnop/validation';
import * as z from 'zod';
import { orderStatusSchema } from './order-status.ts';

/** Every kind of order, by name. */
export const OrderType = {
  MARKET_BUY: 'MARKET_BUY',
  MARKET_SELL: 'MARKET_SELL',
  LIMIT_BUY: 'LIMIT_BUY',
  LIMIT_SELL: 'LIMIT_SELL',
  STOP_LOSS_BUY: 'STOP_LOSS_BUY',
  STOP_LOSS_SELL: 'STOP_LOSS_SELL',
  TAKE_PROFIT_BUY: 'TAKE_PROFIT_BUY',
  TAKE_PROFIT_SELL: 'TAKE_PROFIT_SELL',
  TRAILING_STOP_BUY: 'TRAILING_STOP_BUY',
  TRAILING_STOP_SELL: 'TRAILING_STOP_SELL',
  OCO_BUY: 'OCO_BUY',
  OCO_SELL: 'OCO_SELL',
} as const;

/** What kind of order it is: how it is triggered, and which side it takes. */
export type OrderType = (typeof OrderType)[keyof typeof OrderType];

/** Accepts the name of an {@link OrderType}. */
export const orderTypeSchema = z.enum(OrderType);

/** Which way the asset moves: a BUY pays cash and receives the asset, a SELL the reverse. */
export type OrderSide = 'BUY' | 'SELL';

/** The side that an order of this type takes. */
export function sideOf(orderType: OrderType): OrderSide {
  return orderType.endsWith('_BUY') ? 'BUY' : 'SELL';
}

/** An amount, price or quantity in minor units: 0 to 10²⁴. */
const minorSchema = z.bigint().min(0n).max(MAX_MINOR);

/** The same, above 0. */
const positiveMinorSchema = z.bigint().min(1n).max(MAX_MINOR);

/** A number of decimals: 0 to 18. */
const scaleSchema = z.int().min(0).max(MAX_SCALE);

/** Accepts an {@link OrderFill}. */
export const orderFillSchema = z.object({
  transactionId: transactionIdSchema,
  priceMinor: positiveMinorSchema,
  quantityMinor: positiveMinorSchema,
  notionalMinor: positiveMinorSchema,
  feeMinor: minorSchema.optional(),
  executedAt: timestampSchema,
});

/**
 * One execution of an order or of a part of it; `transactionId` names the journal entry that moved the money and the asset.
 *
 * Amounts in minor units of the order's scales: price in `priceScale`, quantity in `quantityScale`, notional (what was paid or received
 * before the fee) and fee in `currencyScale`. An absent fee is 0.
 */
export type OrderFill = z.infer<typeof orderFillSchema>;

/** The highest fee that an order can have: a tenth of its notional. */
export const MAX_FEE_BPS = 1_000;

/** Accepts a fee in basis points: hundredths of a percent, whole, from 0 to {@link MAX_FEE_BPS}. */
export const feeBpsSchema = z.int().min(0).max(MAX_FEE_BPS);

/** Accepts an {@link Order}. */
export const orderSchema = z.object({
  orderId: orderIdSchema,
  owner: ownerSchema,
  clientOrderId: idempotencyKeySchema.optional(),
  orderType: orderTypeSchema,
  status: orderStatusSchema,
  assetId: assetIdSchema,
  currency: currencyCodeSchema,
  quantityMinor: positiveMinorSchema,
  quantityScale: scaleSchema,
  priceScale: scaleSchema,
  currencyScale: scaleSchema,
  limitPriceMinor: positiveMinorSchema.optional(),
  maxPriceMinor: positiveMinorSchema.optional(),
  minPriceMinor: positiveMinorSchema.optional(),
  feeBps: feeBpsSchema.optional(),
  priceAsOf: timestampSchema.optional(),
  priceSource: wellFormedTextSchema.min(1).max(64).optional(),
  fills: z.array(orderFillSchema),
  heldMinor: minorSchema.default(0n),
  holdTransactionId: transactionIdSchema.optional(),
  releaseTransactionId: transactionIdSchema.optional(),
  refundTransactionId: transactionIdSchema.optional(),
  failureCode: wellFormedTextSchema.min(1).max(64).optional(),
  ...remarkFields,
  createdAt: timestampSchema,
  updatedAt: timestampSchema,
  version: z.int().min(1),
});

/**
 * One order, as the libraries handle it.
 *
 * Amounts are integers in minor units: quantity in `quantityScale`, prices in `priceScale`, and `heldMinor`, what is reserved for an open
 * order, in `currencyScale` for a buy and `quantityScale` for a sell. The three scales are those of the asset and its currency when the
 * order was made. `feeBps`, the fee of each fill in basis points of its notional, is fixed when the order is placed; absent, it is 0.
 * `fills` hold the ids of the payment entries. `version` grows by one with every write.
 */
export type Order = z.infer<typeof orderSchema>;
