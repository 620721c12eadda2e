import { z } from 'zod';

import { wellFormedTextSchema } from './well-formed-text.ts';

/**
 * A username, lower-cased: 3 to 30 of a–z, 0–9, ".", "_" and "-", the first a letter or digit.
 *
 * The alphabet is closed to ASCII before lower-casing, so that no look-alike becomes another user's name and no
 * username can forge a key.
 */
export const usernameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{2,29}$/, {
    error: 'Use 3 to 30 letters, digits, dots, hyphens and underscores; begin with a letter or a digit.',
  })
  .toLowerCase();

/**
 * The owner of balances and orders: 1 to 64 of A–Z, a–z, 0–9, ".", "_", "-", ":", "|", "@" and "+", the first a letter or digit.
 *
 * An opaque text, compared exactly and never re-cased: a username, or the subject of an identity provider. The alphabet has no "#"
 * and no line feed, so that no owner can forge a key.
 */
export const ownerSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:|@+-]{0,63}$/, {
  error: 'Use 1 to 64 letters, digits and any of . _ - : | @ +; begin with a letter or a digit.',
});

/** An email address of at most 254 characters, trimmed and lower-cased: two that differ in case are one account. */
export const emailSchema = z
  .string()
  .trim()
  .max(254, { error: 'An email address has at most 254 characters.' })
  .pipe(z.email({ error: 'This is not an email address.' }).toLowerCase());

/**
 * A new password: 12 to 128 characters, whichever they are, as long as they are whole: two halves would hash alike.
 *
 * @see https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver (length instead of composition rules)
 */
export const passwordSchema = wellFormedTextSchema
  .min(12, { error: 'A password has at least 12 characters.' })
  .max(128, { error: 'A password has at most 128 characters.' });
