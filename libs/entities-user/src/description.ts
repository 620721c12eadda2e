import { z } from 'zod';

/** A line that says what an entry was for: 1 to 200 characters, no control characters. */
export const descriptionSchema = z.string().regex(/^\P{Cc}{1,200}$/u);
