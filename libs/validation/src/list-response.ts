import { MAX_CURSOR_LENGTH } from '@cnop/utils';
import { z } from 'zod';
import { wellFormedTextSchema } from './well-formed-text.ts';

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
