import { MAX_DECIMAL_LENGTH } from '@cnop/utils';
import * as z from 'zod';

/**
 * A decimal text that is not negative ("0", "12.50"), as every amount, price and quantity comes over an edge; never a
 * JSON number.
 *
 * Shape only: how many decimals and how large a value may be depends on its scale, so read it with `parseDecimal` of
 * `@cnop/utils`.
 */
export const decimalTextSchema = z
  .string({ error: 'Write the number as a text, such as "12.50".' })
  .max(MAX_DECIMAL_LENGTH, { error: `A number has at most ${MAX_DECIMAL_LENGTH} characters.`, abort: true })
  .regex(/^(?:0|[1-9]\d*)(?:\.\d+)?$/, {
    error: 'Write a number of digits with at most one decimal point, without sign, exponent or leading zeros.',
    abort: true,
  })
  .describe('A number that is not negative, as decimal text: "12.50".');

/** A {@link decimalTextSchema} above zero. */
export const positiveDecimalTextSchema = decimalTextSchema
  .regex(/[1-9]/, { error: 'Write a number above zero.' })
  .describe('A number above zero, as decimal text: "12.50".');

/** A decimal text that may be negative ("-12.50"), as answers show what was moved. */
export const signedDecimalTextSchema = z
  .string({ error: 'Write the number as a text, such as "-12.50".' })
  .max(MAX_DECIMAL_LENGTH + 1, { error: `A number has at most ${MAX_DECIMAL_LENGTH} characters.`, abort: true })
  .regex(/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/, {
    error: 'Write a number of digits with at most one decimal point, without exponent or leading zeros.',
  })
  .describe('A number, as decimal text, negative where it was taken away: "-12.50".');
