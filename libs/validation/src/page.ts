import { MAX_CURSOR_LENGTH } from '@cnop/utils';
import * as z from 'zod';
import { wellFormedTextSchema } from './fields.ts';

const MAX_PAGE = 100;
const DEFAULT_PAGE = 50;
const limitError = { error: `The limit is a whole number from 1 to ${MAX_PAGE}.` };

/**
 * Which page of a list: `limit`, 1 to 100 items (50 when absent; a number, or digits as a query string has them), and
 * the `cursor` of the page before, if any. Whether the cursor is a good one is for the list to say.
 */
export const pageSchema = z.strictObject({
  limit: z
    .preprocess(numberOfDigits, z.int(limitError).min(1, limitError).max(MAX_PAGE, limitError))
    .default(DEFAULT_PAGE),
  cursor: wellFormedTextSchema.min(1).max(MAX_CURSOR_LENGTH).optional(),
});

/** A checked {@link pageSchema}. */
export type Page = z.output<typeof pageSchema>;

function numberOfDigits(limit: unknown): unknown {
  return typeof limit === 'string' && /^\d{1,9}$/.test(limit) ? Number(limit) : limit;
}

/**
 * The shape of one page of a list in an answer: `items`, and exactly when there are more a `nextCursor`, however many items the page
 * has.
 *
 * @example
 * const orderListResponseSchema = listResponseSchema(orderResponseSchema);
 */
export const listResponseSchema = <TItem extends z.ZodType>(itemSchema: TItem) =>
  z
    .strictObject({
      items: z.array(itemSchema),
      nextCursor: wellFormedTextSchema
        .min(1)
        .max(MAX_CURSOR_LENGTH)
        .optional()
        .describe('Opaque: give it to the same query for the next page. Absent on the last page.'),
    })
    .describe('One page of a list.');
