import { z } from 'zod';

/** An idempotency key or client order id: 1 to 64 of the visible ASCII characters, 0x21 to 0x7E. Case matters. */
export const idempotencyKeySchema = z
  .string()
  .regex(/^[\x21-\x7E]{1,64}$/, { error: 'Use 1 to 64 visible ASCII characters, without spaces.' });

/** The id of an order: a UUID, lower-cased. */
export const orderIdSchema = z.uuid({ error: 'An order id is a UUID.' }).toLowerCase();

/** The id of a balance transaction: a ULID, upper-cased. */
export const transactionIdSchema = z
  .string()
  .regex(/^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$/, { error: 'A transaction id is a ULID.' })
  .toUpperCase();
