import { type Clock, systemClock } from '@cnop/utils';
import * as z from 'zod';
import { isCurrencyCode, isReservedCode } from './iso-currencies.ts';

/**
 * A free text of whole characters: no half of a surrogate pair, which UTF-8 cannot carry, so that a database refuses it or hands out
 * another text than it was given. Limit its length where it is used.
 */
export const wellFormedTextSchema = z
  .string()
  .refine((text) => !/\p{Cs}/u.test(text), { error: 'A text has no half characters.' });

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

/** At most 64 characters before the "@"; labels of letters, digits and inner hyphens after it, each of at most 63. */
const emailPattern =
  /^(?=[^@]{1,64}@)(?!\.)(?!.*\.\.)[A-Za-z0-9_'+.-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/;

/**
 * An email address of at most 254 characters, 64 of them before the "@", at a host name; trimmed and lower-cased: two that differ in
 * case are one account.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1 (lengths)
 * @see https://www.rfc-editor.org/rfc/rfc1123#section-2.1 (host names)
 */
export const emailSchema = z
  .string()
  .trim()
  .max(254, { error: 'An email address has at most 254 characters.' })
  .pipe(z.email({ pattern: emailPattern, error: 'This is not an email address.' }).toLowerCase());

/**
 * A new password: 12 to 128 characters, whichever they are, as long as they are whole: two halves would hash alike.
 *
 * @see https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver (length instead of composition rules)
 */
export const passwordSchema = wellFormedTextSchema
  .min(12, { error: 'A password has at least 12 characters.' })
  .max(128, { error: 'A password has at most 128 characters.' });

/**
 * A first or last name, trimmed and in Unicode's form NFC: 1 to 100 characters, at least one of them visible, without line breaks,
 * control characters and those that format text unseen, but for the joiners that some scripts need.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8266 (nicknames of PRECIS)
 */
export const personNameSchema = z
  .string()
  .normalize('NFC')
  .trim()
  .min(1, { error: 'A name has at least 1 character.' })
  .max(100, { error: 'A name has at most 100 characters.' })
  .regex(/^(?:[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|[\u200C\u200D])*$/u, { error: 'A name has no control characters.' })
  .regex(/[\p{L}\p{N}\p{P}\p{S}]/u, { error: 'A name has at least one visible character.' });

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

const codePattern = /^[A-Z][A-Z0-9.-]{0,19}$/;
const codeError = 'Use 1 to 20 of A to Z, 0 to 9, dot and hyphen; begin with a letter.';

/** The ISO 4217 code of a currency that has a scale, upper-case. */
export const currencyCodeSchema = z
  .string()
  .refine(isCurrencyCode, { error: 'This is not the ISO 4217 code of a currency.' });

/** The id of an asset: 1 to 20 of A–Z, 0–9, "." and "-", the first a letter, and not an ISO 4217 code. */
export const assetIdSchema = z
  .string()
  .regex(codePattern, { error: codeError })
  .refine((assetId) => !isReservedCode(assetId), { error: 'An asset id is not an ISO 4217 code.' });

/** What a balance is kept in: a currency code or an asset id. */
export const balanceCodeSchema = z
  .string()
  .regex(codePattern, { error: codeError })
  .refine((code) => isCurrencyCode(code) || !isReservedCode(code), {
    error: 'This ISO 4217 code has no minor unit, so no balance is kept in it.',
  });

/** Of the texts that are accepted only those with exactly three decimals have it. */
const NORMALISED_LENGTH = '2026-01-02T03:04:05.000Z'.length;

/**
 * A moment as ISO 8601 in UTC ("2026-01-02T03:04:05Z"), normalised to milliseconds ("2026-01-02T03:04:05.000Z").
 *
 * Texts of this one form sort by time. Finer fractions are cut off; offsets other than "Z" are refused.
 */
export const timestampSchema = z.iso
  .datetime({ error: 'Write an existing moment in UTC, such as 2026-01-02T03:04:05.678Z.', abort: true })
  .overwrite((time) => (time.length === NORMALISED_LENGTH ? time : new Date(time).toISOString()));

const MAX_ENTRIES = 20;

const metadataKeySchema = z.string().regex(/^[A-Za-z][A-Za-z0-9_.-]{0,39}$/, {
  error: 'Use 1 to 40 letters, digits, dots, hyphens and underscores; begin with a letter.',
});

/**
 * What a client may attach to a record for itself: at most 20 texts of at most 200 characters, under keys of at most
 * 40.
 */
export const metadataSchema = z
  .record(metadataKeySchema, wellFormedTextSchema.max(200))
  .refine((metadata) => Object.keys(metadata).length <= MAX_ENTRIES, { error: `Use at most ${MAX_ENTRIES} keys.` });

const MAX_NOTE_LENGTH = 500;

/** A remark on a record, for people: 1 to 500 characters. */
export const noteSchema = wellFormedTextSchema.min(1).max(MAX_NOTE_LENGTH);

/** What people and other programs say of a record, and no rule reads; all optional. */
export const remarkFields = {
  note: noteSchema.optional(),
  metadata: metadataSchema.optional(),
};

/** The remarks on a record, those that are there. */
export const remarksOf = ({ note, metadata }: Remarks): Remarks => ({
  ...(note !== undefined && { note }),
  ...(metadata !== undefined && { metadata }),
});

/** A note and metadata, if there are any. */
export type Remarks = z.infer<z.ZodObject<typeof remarkFields>>;
