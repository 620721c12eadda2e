import { formatDecimal, withoutUndefined } from '@cnop/utils';
import { decimalTextSchema, positiveDecimalTextSchema, timestampSchema } from '@cnop/validation';
import * as z from 'zod';
import { isOpen } from '../order-status.ts';
import { filledQuantityOf, orderSchema, sideOf, timeInForceSchema, type Order } from '../order.ts';
import { stopOf } from './order-judge.ts';
import { isStanding, isTrail, workingLimitOf } from './trigger-terms.ts';

/** The watermark of a trail, in minor units of the order's `priceScale`, and the tick up to which it is known. */
export interface ShownWatermark {
  readonly watermarkMinor: bigint;
  readonly asOf: string;
}

const { shape } = orderSchema;
const price = positiveDecimalTextSchema.optional();
const trailPercent = positiveDecimalTextSchema.optional();

/** The fields of a standing order in a response: amounts as decimal text. */
export const standingResponseFields = {
  timeInForce: timeInForceSchema.optional(),
  expiresAt: shape.expiresAt,
  remaining: decimalTextSchema
    .optional()
    .describe('The quantity that is still to be filled, of an order that is open.'),
  held: decimalTextSchema.optional().describe('What is reserved: of a buy in the currency, of a sell in the asset.'),
  notionalLimit: price.describe('What the order spends at most, fee included.'),
  stopPrice: price.describe(
    'The stop or, of a take-profit, the target; of a trail the stop that follows from `watermark`.',
  ),
  stopLimitPrice: price,
  trailAmount: price,
  trailPercent,
  watermark: price.describe(
    'The best price that the trail has followed as of now; of an order that is over, the one that it began with.',
  ),
  watermarkAsOf: timestampSchema.optional(),
  workingLimit: price.describe('The limit at which a stop-limit works since its stop was touched.'),
  triggeredAt: shape.triggeredAt,
  exitTerms: z
    .strictObject({
      takeProfitPrice: positiveDecimalTextSchema,
      stopPrice: price,
      stopLimitPrice: price,
      trailAmount: price,
      trailPercent,
    })
    .optional()
    .describe('What the exits of the bracket are placed with.'),
  exits: z
    .array(z.strictObject({ orderId: shape.orderId, quantity: positiveDecimalTextSchema }))
    .optional()
    .describe('The exits that the fills have placed.'),
  parentOrderId: shape.parentOrderId.describe('The entry of the bracket whose exit this is.'),
  execution: shape.execution.describe('VENUE, where a venue executes the order.'),
  endRequested: z
    .strictObject({ status: shape.status, code: shape.failureCode, at: timestampSchema })
    .optional()
    .describe('The end that the venue has still to confirm.'),
  setAsideAt: shape.setAsideAt.describe(
    'Since when the order is out of reach of triggers: its execution failed repeatedly.',
  ),
};

/** What a client is told of an order as a standing order; nothing of a market order that nothing is held for. */
export function toStandingResponse(order: Order, watermark?: ShownWatermark) {
  const { quantityScale, currencyScale, exits, exitTerms, endRequested } = order;
  const quantity = (minor: bigint | undefined) => text(minor, quantityScale);
  const priceText = (minor: bigint | undefined) => text(minor, order.priceScale);
  const filled = filledQuantityOf(order.fills);
  const open = isOpen(order.status);
  const heldScale = sideOf(order.orderType) === 'BUY' ? currencyScale : quantityScale;

  return withoutUndefined({
    timeInForce: order.timeInForce,
    expiresAt: order.expiresAt,
    remaining: open ? quantity(filled < order.quantityMinor ? order.quantityMinor - filled : 0n) : undefined,
    held: open || !order.orderType.startsWith('MARKET_') ? text(order.heldMinor, heldScale) : undefined,
    notionalLimit: text(order.notionalMinor, currencyScale),
    ...pricesOf(order, watermark),
    stopLimitPrice: priceText(order.stopLimitPriceMinor),
    trailAmount: priceText(order.trailAmountMinor),
    trailPercent: percent(order.trailBps),
    triggeredAt: order.triggeredAt,
    exitTerms:
      exitTerms &&
      withoutUndefined({
        takeProfitPrice: formatDecimal(exitTerms.takeProfitPriceMinor, order.priceScale),
        stopPrice: priceText(exitTerms.stopPriceMinor),
        stopLimitPrice: priceText(exitTerms.stopLimitPriceMinor),
        trailAmount: priceText(exitTerms.trailAmountMinor),
        trailPercent: percent(exitTerms.trailBps),
      }),
    exits: exits?.map(({ orderId, quantityMinor }) => ({
      orderId,
      quantity: formatDecimal(quantityMinor, quantityScale),
    })),
    parentOrderId: order.parentOrderId,
    execution: order.execution,
    endRequested,
    setAsideAt: order.setAsideAt,
  });
}

/** The prices that move: of a trail its watermark and the stop that follows, of a triggered stop-limit its limit. */
function pricesOf(order: Order, watermark?: ShownWatermark) {
  if (!isStanding(order)) return {};
  const { watermarkMinor = order.watermarkMinor, asOf = order.activeAsOf } = watermark ?? {};
  const trails = isTrail(order) && watermarkMinor !== undefined;
  const stop = trails ? stopOf(order, watermarkMinor) : order.stopPriceMinor;
  const working = order.triggeredAt === undefined ? undefined : workingLimitOf(order);

  return {
    stopPrice: stop !== undefined && stop > 0n ? formatDecimal(stop, order.priceScale) : undefined,
    ...(trails && { watermark: formatDecimal(watermarkMinor, order.priceScale), watermarkAsOf: asOf }),
    workingLimit: text(working, order.priceScale),
  };
}

const text = (minor: bigint | undefined, scale: number): string | undefined =>
  minor === undefined ? undefined : formatDecimal(minor, scale);

const percent = (bps: number | undefined): string | undefined =>
  bps === undefined ? undefined : formatDecimal(BigInt(bps), 2);
