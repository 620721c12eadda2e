import { formatDecimal } from '@cnop/utils';
import {
  balanceCodeSchema,
  decimalTextSchema,
  positiveDecimalTextSchema,
  wellFormedTextSchema,
} from '@cnop/validation';
import * as z from 'zod';

import { feeBpsSchema, orderSchema, type Order } from './order.ts';

/** An amount of one currency or asset that an order would move. */
export interface PreviewedMove {
  /** A currency or asset code. */
  readonly code: string;
  /** Positive, in minor units of `code`. */
  readonly amountMinor: bigint;
  readonly scale: number;
}

/** What a preview says of an order that waits for a price. */
export interface StandingPreview {
  /** What it would hold, of `debit.code`. */
  readonly holdMinor: bigint;
  /** The dearest price at which a buy could be filled, in `priceScale`. */
  readonly holdPriceMinor?: bigint | undefined;
  /** The price that would trigger it; of a trail the stop as it would begin. */
  readonly triggerPriceMinor: bigint;
  /** Whether the reference price would execute it at once. */
  readonly wouldExecute: boolean;
  /** Whether it would be refused, because the reference price would trigger it. */
  readonly wouldTrigger: boolean;
}

/**
 * What an order would come to: a market order at the price of the moment, any other at the price that decides what it holds. Nothing is
 * reserved: price and balance may be others when it is placed.
 *
 * `notionalMinor` and `feeMinor` in `currencyScale`, `priceMinor` in `priceScale`, `quantityMinor` in `quantityScale`.
 */
export interface OrderPreview extends Pick<
  Order,
  'orderType' | 'assetId' | 'currency' | 'quantityMinor' | 'quantityScale' | 'priceScale' | 'currencyScale'
> {
  readonly priceMinor: bigint;
  /** When the price was observed, ISO 8601 UTC. */
  readonly priceAsOf: string;
  readonly priceSource: string;
  /** price × quantity, rounded as the order would be; before the fee. */
  readonly notionalMinor: bigint;
  /** The fee in basis points of the notional. */
  readonly feeBps: number;
  /** On top of what a buyer would pay, off what a seller would receive: `debit` and `credit` have it in them. */
  readonly feeMinor: bigint;
  /** What the user would pay: cash with the fee for a buy, the asset for a sell. */
  readonly debit: PreviewedMove;
  /** What the user would receive: the asset for a buy, cash less the fee for a sell. */
  readonly credit: PreviewedMove;
  /** What the user has available of the code they would pay with, in its minor units. */
  readonly availableMinor: bigint;
  /** Whether that is frozen, so that nothing can be paid out of it. */
  readonly isFrozen: boolean;
  /** Whether the order could be paid: enough is available, and not frozen. */
  readonly isCovered: boolean;
  /** Absent for a market order, which is executed at once. */
  readonly standing?: StandingPreview;
}

const { shape } = orderSchema;
const moveSchema = z.strictObject({ code: balanceCodeSchema, amount: positiveDecimalTextSchema });

/** The shape of a preview in an answer over an edge: amounts as decimal text. */
export const orderPreviewResponseSchema = z
  .strictObject({
    orderType: shape.orderType,
    assetId: shape.assetId,
    currency: shape.currency,
    quantity: positiveDecimalTextSchema,
    price: positiveDecimalTextSchema,
    priceAsOf: shape.createdAt,
    priceSource: wellFormedTextSchema,
    notional: positiveDecimalTextSchema,
    feeBps: feeBpsSchema.describe('The fee in basis points of the notional.'),
    fee: decimalTextSchema.describe('On top of what a buyer would pay, off what a seller would receive.'),
    debit: moveSchema.describe('What the user would pay, fee included.'),
    credit: moveSchema.describe('What the user would receive, the fee taken off.'),
    available: decimalTextSchema.describe('What the user has available of the code they would pay with.'),
    frozen: z.boolean(),
    covered: z.boolean().describe('Whether the order could be paid now.'),
    hold: decimalTextSchema.optional().describe('What the order would hold, of the code it pays with.'),
    holdPrice: positiveDecimalTextSchema.optional().describe('The dearest price at which a buy could be filled.'),
    triggerPrice: decimalTextSchema.optional().describe('The price that would trigger it.'),
    wouldExecute: z.boolean().describe('Whether it would be executed at once.'),
    wouldTrigger: z.boolean().describe('Whether it would be refused, because the price would trigger it at once.'),
  })
  .describe('What an order would come to at the price of the moment; nothing is reserved.')
  .meta({ title: 'OrderPreview' });

/** A preview as an edge answers it. */
export type OrderPreviewResponse = z.output<typeof orderPreviewResponseSchema>;

/** The answer that shows a preview; each amount has exactly the decimals of its scale. */
export function toOrderPreviewResponse(preview: OrderPreview): OrderPreviewResponse {
  const { orderType, assetId, currency, priceAsOf, priceSource, debit, credit } = preview;
  const { priceScale, quantityScale, currencyScale } = preview;

  return {
    orderType,
    assetId,
    currency,
    quantity: formatDecimal(preview.quantityMinor, quantityScale),
    price: formatDecimal(preview.priceMinor, priceScale),
    priceAsOf,
    priceSource,
    notional: formatDecimal(preview.notionalMinor, currencyScale),
    feeBps: preview.feeBps,
    fee: formatDecimal(preview.feeMinor, currencyScale),
    debit: toMoveResponse(debit),
    credit: toMoveResponse(credit),
    available: formatDecimal(preview.availableMinor, debit.scale),
    frozen: preview.isFrozen,
    covered: preview.isCovered,
    ...standingFields(preview),
  };
}

function standingFields({ standing, debit, priceScale }: OrderPreview) {
  if (!standing) return { wouldExecute: true, wouldTrigger: false };
  const { holdMinor, holdPriceMinor, triggerPriceMinor, wouldExecute, wouldTrigger } = standing;

  return {
    hold: formatDecimal(holdMinor, debit.scale),
    ...(holdPriceMinor !== undefined && { holdPrice: formatDecimal(holdPriceMinor, priceScale) }),
    triggerPrice: formatDecimal(triggerPriceMinor, priceScale),
    wouldExecute,
    wouldTrigger,
  };
}

const toMoveResponse = ({ code, amountMinor, scale }: PreviewedMove) => ({
  code,
  amount: formatDecimal(amountMinor, scale),
});
