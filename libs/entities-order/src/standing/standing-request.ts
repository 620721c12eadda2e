import {
  assetIdSchema,
  idempotencyKeySchema,
  positiveDecimalTextSchema,
  remarkFields,
  timestampSchema,
} from '@cnop/validation';
import * as z from 'zod';
import { TimeInForce } from '../order.ts';

const price = positiveDecimalTextSchema;
const percentRule = 'Use a percentage from 0.01 to 99.99, with at most two decimals.';

/** Accepts a trail in percent of the watermark: "0.01" to "99.99". */
export const trailPercentSchema = z
  .string()
  .regex(/^\d{1,2}(\.\d{1,2})?$/u, { error: percentRule, abort: true })
  .refine((text) => Number(text) > 0, percentRule);

const common = { assetId: assetIdSchema, clientOrderId: idempotencyKeySchema.optional(), ...remarkFields };
const sell = { ...common, quantity: positiveDecimalTextSchema };
const buy = {
  ...common,
  quantity: positiveDecimalTextSchema.optional(),
  notional: positiveDecimalTextSchema
    .optional()
    .describe('What the order spends in all, fee included; instead of a quantity.'),
};
const resting = {
  timeInForce: z
    .enum([TimeInForce.GTC, TimeInForce.GTD])
    .optional()
    .describe('GTC unless `expiresAt` is given, which is GTD.'),
  expiresAt: timestampSchema.optional().describe('Exclusive: a price of this very moment fills nothing.'),
};
const limitLife = {
  ...resting,
  timeInForce: z.enum(TimeInForce).optional().describe('GTC unless `expiresAt` is given.'),
};
const trail = {
  trailAmount: price.optional(),
  trailPercent: trailPercentSchema.optional().describe('In percent of the watermark, such as "1.25".'),
};
const stopOrTrail = { stopPrice: price.optional(), stopLimitPrice: price.optional(), ...trail };

/** Accepts the exits of a bracket: a take-profit price, and a stop (with or without a limit) or a trail. */
const exitsSchema = z
  .strictObject({ takeProfitPrice: price, ...stopOrTrail })
  .superRefine(refineStopOrTrail)
  .describe('What is placed for each fill of the entry, as an OCO_SELL.')
  .meta({ title: 'Exits' });
const exits = { exits: exitsSchema.optional() };

const capWithLimit = { path: ['maxPrice'], error: 'A stop with a limit price has no maximum price.' };

/** The types of the orders that wait for a price, each with the fields that it takes. */
export const standingRequestSchemas = [
  z
    .strictObject({ orderType: z.literal('LIMIT_BUY'), ...buy, limitPrice: price, ...limitLife, ...exits })
    .superRefine(refineBuy)
    .superRefine(refineLife),
  z
    .strictObject({ orderType: z.literal('LIMIT_SELL'), ...sell, limitPrice: price, ...limitLife })
    .superRefine(refineLife),
  z
    .strictObject({
      orderType: z.literal('STOP_LOSS_BUY'),
      ...buy,
      stopPrice: price,
      limitPrice: price.optional(),
      maxPrice: price.optional(),
      ...resting,
      ...exits,
    })
    .superRefine(refineBuy)
    .superRefine(refineLife)
    .refine(({ limitPrice, maxPrice }) => limitPrice === undefined || maxPrice === undefined, capWithLimit),
  z
    .strictObject({
      orderType: z.literal('STOP_LOSS_SELL'),
      ...sell,
      stopPrice: price,
      limitPrice: price.optional(),
      ...resting,
    })
    .superRefine(refineLife),
  z
    .strictObject({ orderType: z.literal('TAKE_PROFIT_BUY'), ...buy, stopPrice: price, ...resting, ...exits })
    .superRefine(refineBuy)
    .superRefine(refineLife),
  z
    .strictObject({ orderType: z.literal('TAKE_PROFIT_SELL'), ...sell, stopPrice: price, ...resting })
    .superRefine(refineLife),
  z
    .strictObject({
      orderType: z.literal('TRAILING_STOP_BUY'),
      ...buy,
      ...trail,
      maxPrice: price.optional(),
      ...resting,
      ...exits,
    })
    .superRefine(refineBuy)
    .superRefine(refineTrail)
    .superRefine(refineLife),
  z
    .strictObject({ orderType: z.literal('TRAILING_STOP_SELL'), ...sell, ...trail, ...resting })
    .superRefine(refineTrail)
    .superRefine(refineLife),
  z
    .strictObject({
      orderType: z.literal('OCO_BUY'),
      ...sell,
      limitPrice: price,
      ...stopOrTrail,
      maxPrice: price.optional(),
      ...resting,
      ...exits,
    })
    .superRefine(refineStopOrTrail)
    .superRefine(refineLife)
    .refine(({ stopLimitPrice, maxPrice }) => stopLimitPrice === undefined || maxPrice === undefined, capWithLimit),
  z
    .strictObject({ orderType: z.literal('OCO_SELL'), ...sell, limitPrice: price, ...stopOrTrail, ...resting })
    .superRefine(refineStopOrTrail)
    .superRefine(refineLife),
] as const;

/** A client's request for an order that waits for a price. */
export type StandingOrderCreate = z.infer<(typeof standingRequestSchemas)[number]>;

type Issues = Pick<z.RefinementCtx, 'addIssue'>;
const complain = ({ addIssue }: Issues, field: string, message: string) => {
  addIssue({ code: 'custom', path: [field], message });
};

interface Life {
  readonly timeInForce?: TimeInForce | undefined;
  readonly expiresAt?: string | undefined;
}

function refineLife({ timeInForce, expiresAt }: Life, issues: Issues): void {
  if (timeInForce === 'GTD' && expiresAt === undefined) complain(issues, 'expiresAt', 'GTD needs a time of expiry.');
  if (timeInForce !== undefined && timeInForce !== 'GTD' && expiresAt !== undefined)
    complain(issues, 'expiresAt', `${timeInForce} has no time of expiry.`);
}

interface BuySize {
  readonly quantity?: string | undefined;
  readonly notional?: string | undefined;
  readonly exits?: object | undefined;
}

function refineBuy({ quantity, notional, exits: exitsGiven }: BuySize, issues: Issues): void {
  if ((quantity === undefined) === (notional === undefined))
    complain(issues, 'quantity', 'Give either a quantity or a notional.');
  if (notional !== undefined && exitsGiven !== undefined)
    complain(issues, 'notional', 'An order with exits has a quantity.');
}

interface Stop {
  readonly stopPrice?: string | undefined;
  readonly stopLimitPrice?: string | undefined;
  readonly trailAmount?: string | undefined;
  readonly trailPercent?: string | undefined;
}

function refineTrail({ trailAmount, trailPercent }: Stop, issues: Issues): void {
  if ((trailAmount === undefined) === (trailPercent === undefined))
    complain(issues, 'trailAmount', 'Give either trailAmount or trailPercent.');
}

function refineStopOrTrail(stop: Stop, issues: Issues): void {
  const given = [stop.stopPrice, stop.trailAmount, stop.trailPercent].filter((value) => value !== undefined);

  if (given.length !== 1) complain(issues, 'stopPrice', 'Give one of stopPrice, trailAmount and trailPercent.');
  if (stop.stopLimitPrice !== undefined && stop.stopPrice === undefined)
    complain(issues, 'stopLimitPrice', 'A limit of the stop needs stopPrice.');
}
