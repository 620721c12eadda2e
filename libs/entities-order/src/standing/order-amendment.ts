import { namesAField, positiveDecimalTextSchema, timestampSchema } from '@cnop/validation';
import * as z from 'zod';
import { orderSchema } from '../order.ts';
import { trailPercentSchema } from './standing-request.ts';

const text = positiveDecimalTextSchema.optional();

/** Accepts an {@link OrderAmendment}; refuses unknown fields and an amendment of nothing. */
export const orderAmendmentSchema = z
  .strictObject({
    quantity: text.describe('The whole quantity, filled parts included.'),
    limitPrice: text,
    stopPrice: text,
    stopLimitPrice: text,
    maxPrice: text,
    trailAmount: text,
    trailPercent: trailPercentSchema.optional(),
    expiresAt: timestampSchema.optional(),
    expectedVersion: orderSchema.shape.version
      .optional()
      .describe('The version that was read; another one refuses the amendment.'),
  })
  .refine(
    (amendment) => namesAField({ ...amendment, expectedVersion: undefined }),
    'Name at least one field to change.',
  )
  .refine(({ trailAmount, trailPercent }) => trailAmount === undefined || trailPercent === undefined, {
    path: ['trailAmount'],
    error: 'Give either trailAmount or trailPercent.',
  })
  .describe('A change of an order that is still open: what is absent stays.')
  .meta({ title: 'OrderAmendment' });

/** A client's change of an open order, with decimal texts: only fields that the order has can be changed. */
export type OrderAmendment = z.infer<typeof orderAmendmentSchema>;
