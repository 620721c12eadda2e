import { z } from 'zod';

/**
 * A free text of whole characters: no half of a surrogate pair, which UTF-8 cannot carry, so that a database refuses it or hands out
 * another text than it was given. Limit its length where it is used.
 */
export const wellFormedTextSchema = z
  .string()
  .refine((text) => !/\p{Cs}/u.test(text), { error: 'A text has no half characters.' });
