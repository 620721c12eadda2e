import { systemClock, type Clock } from '@cnop/utils';
import { z } from 'zod';

/** A first or last name, trimmed: 1 to 100 characters without line breaks and control characters. */
export const personNameSchema = z
  .string()
  .trim()
  .min(1, { error: 'A name has at least 1 character.' })
  .max(100, { error: 'A name has at most 100 characters.' })
  .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u, { error: 'A name has no control characters.' });

/** A telephone number in E.164: "+", the country code and the number, 7 to 15 digits in all. */
export const phoneSchema = z.e164({ error: 'Write the number as + and 7 to 15 digits, country code first.' });

const EARLIEST_BIRTH = '1900-01-01';

/**
 * Makes the schema of a date of birth that takes the present from a clock: an existing ISO 8601 date ("1990-12-31"),
 * from 1900 on and before today in UTC.
 */
export function createDateOfBirthSchema(clock: Clock): z.ZodISODate {
  return z.iso
    .date({ error: 'Write an existing date as YYYY-MM-DD.', abort: true })
    .refine((date) => date >= EARLIEST_BIRTH, { error: 'A date of birth is not before 1900.' })
    .refine((date) => date < clock.now().toISOString().slice(0, 10), { error: 'A date of birth is in the past.' });
}

/** A date of birth by the clock of the machine; see {@link createDateOfBirthSchema}. */
export const dateOfBirthSchema = createDateOfBirthSchema(systemClock);
