import { parseDecimal } from '@cnop/utils';
import {
  balanceCodeSchema,
  currencyCodeSchema,
  positiveDecimalTextSchema,
  signedDecimalTextSchema,
} from '@cnop/validation';
import * as z from 'zod';
import { descriptionSchema } from './description.ts';

/** Accepts a deposit or a withdrawal as it comes over an edge. */
export const cashRequestSchema = z
  .strictObject({
    code: currencyCodeSchema,
    amount: positiveDecimalTextSchema,
    description: descriptionSchema.optional(),
  })
  .describe('An amount of money to deposit or to withdraw.');

/** A deposit or a withdrawal: an amount of a currency, as decimal text. */
export type CashRequest = z.output<typeof cashRequestSchema>;

/** Accepts an adjustment as it comes over an edge: of a currency or of an asset, upwards or downwards. */
export const adjustmentRequestSchema = z
  .strictObject({
    code: balanceCodeSchema,
    amount: signedDecimalTextSchema.regex(/[1-9]/, { error: 'An amount is never zero.' }),
    description: descriptionSchema.optional(),
  })
  .describe('An amount to add to a balance, or to take from it where it is negative.');

/** An adjustment of a balance by an administrator. */
export type AdjustmentRequest = z.output<typeof adjustmentRequestSchema>;

/**
 * The amount of such a request in minor units of a scale: a currency's own, or the decimals of the asset.
 *
 * @throws {@link sharedErrors.InvalidAmountError} naming the field `amount`, when it has more decimals than the scale or is too large.
 */
export const requestedMinor = ({ amount }: Pick<CashRequest, 'amount'>, scale: number): bigint =>
  parseDecimal(amount, scale, 'amount');
