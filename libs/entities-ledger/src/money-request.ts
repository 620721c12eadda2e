import {
  balanceCodeSchema,
  currencyCodeSchema,
  positiveDecimalTextSchema,
  remarkFields,
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
    ...remarkFields,
  })
  .describe('An amount of money to deposit or to withdraw.')
  .meta({ title: 'CashMovementCreate' });

/** A deposit or a withdrawal: an amount of a currency, as decimal text. */
export type CashRequest = z.output<typeof cashRequestSchema>;

/** Accepts an adjustment as it comes over an edge: of a currency or of an asset, upwards or downwards. */
export const adjustmentRequestSchema = z
  .strictObject({
    code: balanceCodeSchema,
    amount: signedDecimalTextSchema.regex(/[1-9]/, { error: 'An amount is never zero.' }),
    description: descriptionSchema.optional(),
    ...remarkFields,
  })
  .describe('An amount to add to a balance, or to take from it where it is negative.')
  .meta({ title: 'AdjustmentCreate' });

/** An adjustment of a balance by an administrator. */
export type AdjustmentRequest = z.output<typeof adjustmentRequestSchema>;
