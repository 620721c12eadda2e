import { MAX_MINOR, MAX_SCALE } from '@cnop/utils';
import { currencyCodeSchema, timestampSchema } from '@cnop/validation';
import * as z from 'zod';

/** What a rate is good for, by name. */
export const RateKind = { TRADABLE: 'tradable', REFERENCE: 'reference' } as const;

/** What a rate is good for: `tradable` ones convert, `reference` ones only tell what something is worth. */
export type RateKind = (typeof RateKind)[keyof typeof RateKind];

const priceMinorSchema = z.bigint().min(1n).max(MAX_MINOR);

/** Accepts an {@link ExchangeRate}. */
export const exchangeRateSchema = z
  .object({
    base: currencyCodeSchema,
    quote: currencyCodeSchema,
    rateScale: z.int().min(0).max(MAX_SCALE),
    midMinor: priceMinorSchema,
    bidMinor: priceMinorSchema.optional(),
    askMinor: priceMinorSchema.optional(),
    asOf: timestampSchema,
    source: z.string().min(1).max(32),
    kind: z.enum(RateKind),
    version: z.int().min(1),
  })
  .refine(({ base, quote }) => base !== quote, { path: ['quote'], error: 'must differ from base' })
  .refine(
    ({ bidMinor, midMinor, askMinor }) => (bidMinor ?? midMinor) <= midMinor && midMinor <= (askMinor ?? midMinor),
    {
      path: ['midMinor'],
      error: 'must be neither below the bid nor above the ask',
    },
  );

/**
 * The price of one whole unit of `base`, in `quote`, as it was published; the inverse is never stored.
 *
 * `midMinor`, `bidMinor` and `askMinor` are in minor units at `rateScale`: bid ≤ mid ≤ ask, and what is absent is the mid. `asOf` is when the
 * rate was observed, ISO 8601 UTC in milliseconds.
 */
export type ExchangeRate = z.infer<typeof exchangeRateSchema>;
