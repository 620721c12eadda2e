import * as z from 'zod';

/** A line that says what an entry was for: 1 to 200 characters, no control characters and no half ones. */
export const descriptionSchema = z.string().regex(/^[^\p{Cc}\p{Cs}]{1,200}$/u);
