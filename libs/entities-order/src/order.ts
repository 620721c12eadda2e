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

/** The highest fee that an order can have: a tenth of its notional. */
export const MAX_FEE_BPS = 1_000;

/** Accepts a fee in basis points: hundredths of a percent, whole, from 0 to {@link MAX_FEE_BPS}. */
export const feeBpsSchema = z.int().min(0).max(MAX_FEE_BPS);

/** How much fills come to, in minor units of the order's `quantityScale`. */
export const filledQuantityOf = (fills: readonly Pick<OrderFill, 'quantityMinor'>[]): bigint =>
  fills.reduce((sum, { quantityMinor }) => sum + quantityMinor, 0n);

/** Accepts the id that a venue gives to a fill: 1 to 64 characters of printable ASCII. */
export const venueFillIdSchema = idempotencyKeySchema;

/** Accepts an {@link OrderFill}. */
export const orderFillSchema = z.object({
  transactionId: transactionIdSchema,
  priceMinor: positiveMinorSchema,
  quantityMinor: positiveMinorSchema,
  notionalMinor: positiveMinorSchema,
  feeMinor: minorSchema.optional(),
  tickAsOf: timestampSchema.optional(),
  venueFillId: venueFillIdSchema.optional(),
  executedAt: timestampSchema,
});

/**
 * One execution of an order or of a part of it; `transactionId` names the journal entry that moved the money and the asset.
 *
 * Amounts in minor units of the order's scales: price in `priceScale`, quantity in `quantityScale`, notional (what was paid or received
 * before the fee) and fee in `currencyScale`. An absent fee is 0. `tickAsOf` is the tick of a standing order's fill, `venueFillId` the id
 * that the venue gave to one of its fills; a market order's fill has neither.
 */
export type OrderFill = z.infer<typeof orderFillSchema>;

/** Every time in force, by name. */
export const TimeInForce = { GTC: 'GTC', GTD: 'GTD', IOC: 'IOC', FOK: 'FOK' } as const;

/**
 * How long an order works: until it is cancelled, at most as long as orders live (GTC); until a time (GTD); or at once, whole or not at
 * all (IOC and FOK, which are one where there is no book).
 */
export type TimeInForce = (typeof TimeInForce)[keyof typeof TimeInForce];

/** Accepts the name of a {@link TimeInForce}. */
export const timeInForceSchema = z.enum(TimeInForce);

/** Accepts a trail in basis points of the watermark: 1 to 9999. */
const trailBpsSchema = z.int().min(1).max(9_999);

/** Accepts {@link ExitTerms}. */
export const exitTermsSchema = z.object({
  takeProfitPriceMinor: positiveMinorSchema,
  stopPriceMinor: positiveMinorSchema.optional(),
  stopLimitPriceMinor: positiveMinorSchema.optional(),
  trailAmountMinor: positiveMinorSchema.optional(),
  trailBps: trailBpsSchema.optional(),
  feeBps: feeBpsSchema.optional(),
});

/** What the exits of a bracket are placed with, each as an OCO_SELL; prices in minor units of the order's `priceScale`. */
export type ExitTerms = z.infer<typeof exitTermsSchema>;

/** The most fills that an order can take. */
export const MAX_FILLS = 32;

const adjustmentSchema = z.object({
  transactionId: transactionIdSchema,
  transactionType: z.enum(['ORDER_HOLD', 'ORDER_RELEASE']),
});

/** Accepts an {@link OrderChangeRecord}. */
export const orderChangeRecordSchema = z.object({
  at: timestampSchema,
  actor: wellFormedTextSchema.min(1).max(64),
  version: z.int().min(1),
  field: wellFormedTextSchema.min(1).max(64),
  from: wellFormedTextSchema.max(64).optional(),
  to: wellFormedTextSchema.max(64).optional(),
});

/**
 * One change of an open order: of a field by an amendment, with the version that it made, or the step of a stop-limit to a limit order.
 * Values as they are stored, amounts in minor units.
 */
export type OrderChangeRecord = z.infer<typeof orderChangeRecordSchema>;

/** The attributes that a standing order has besides those of every order. */
const standingFields = {
  timeInForce: timeInForceSchema.optional(),
  expiresAt: timestampSchema.optional(),
  activeAsOf: timestampSchema.optional(),
  repricedAt: timestampSchema.optional(),
  triggeredAt: timestampSchema.optional(),
  stopPriceMinor: positiveMinorSchema.optional(),
  stopLimitPriceMinor: positiveMinorSchema.optional(),
  trailAmountMinor: positiveMinorSchema.optional(),
  trailBps: trailBpsSchema.optional(),
  watermarkMinor: positiveMinorSchema.optional(),
  holdPriceMinor: positiveMinorSchema.optional(),
  collarBps: z.int().min(0).max(10_000).optional(),
  notionalMinor: positiveMinorSchema.optional(),
  maxFills: z.int().min(1).max(MAX_FILLS).optional(),
  execution: z.literal('VENUE').optional(),
  exitTerms: exitTermsSchema.optional(),
  exits: z.array(z.object({ orderId: orderIdSchema, quantityMinor: positiveMinorSchema })).optional(),
  parentOrderId: orderIdSchema.optional(),
  adjustments: z.array(adjustmentSchema).optional(),
  changes: z.array(orderChangeRecordSchema).optional(),
  endRequested: z
    .object({ status: orderStatusSchema, code: wellFormedTextSchema.min(1).max(64).optional(), at: timestampSchema })
    .optional(),
  setAsideAt: timestampSchema.optional(),
  setAsideCode: wellFormedTextSchema.min(1).max(64).optional(),
};

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
  ...standingFields,
  ...remarkFields,
  createdAt: timestampSchema,
  updatedAt: timestampSchema,
  endedAt: timestampSchema.optional(),
  version: z.int().min(1),
});

/**
 * One order, as the libraries handle it.
 *
 * Amounts are integers in minor units: quantity in `quantityScale`, prices in `priceScale`, and `heldMinor`, what is reserved for an open
 * order, in `currencyScale` for a buy and `quantityScale` for a sell. The three scales are those of the asset and its currency when the
 * order was made. `feeBps`, the fee of each fill in basis points of its notional, is fixed when the order is placed; absent, it is 0.
 * `fills` hold the ids of the payment entries. `version` grows by one with every write. `endedAt` is the time of the write that ended it.
 *
 * A standing order has its prices and its trail (`stopPriceMinor` is the target of a take-profit too), `expiresAt`, and `activeAsOf`, the
 * newest tick when it was placed or repriced; see `TriggerTerms`. `holdPriceMinor` is the dearest price at which a buy can be filled.
 * `collarBps` says that `maxPriceMinor` was not given but follows from the trigger by that many basis points.
 * `execution` is absent where the platform executes, and `maxFills` is then 1. `adjustments` are the holds and releases after the first
 * hold; `holdTransactionId` stays the first hold, `releaseTransactionId` is that of the end.
 */
export type Order = z.infer<typeof orderSchema>;
