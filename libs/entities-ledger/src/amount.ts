import { sharedErrors } from '@cnop/exceptions';
import { MAX_MINOR, MAX_SCALE } from '@cnop/utils';
import { balanceCodeSchema, currencyScale, isCurrencyCode } from '@cnop/validation';
import * as z from 'zod';

/** How many decimals the minor unit of a code stands for: 0 to 18. */
export const scaleSchema = z.int().min(0).max(MAX_SCALE);

/** Whether a code can have this scale: a currency has the one of ISO 4217, an asset any. */
export const isScaleOf = (code: string, scale: number): boolean =>
  !isCurrencyCode(code) || scale === currencyScale(code);

/** A signed amount in minor units, of at most 10²⁴. */
export const signedMinorSchema = z.bigint().min(-MAX_MINOR).max(MAX_MINOR);

/** An amount in minor units from zero to 10²⁴. */
export const minorSchema = z.bigint().min(0n).max(MAX_MINOR);

/** Accepts an {@link Amount}. */
export const amountSchema = z.strictObject({
  code: balanceCodeSchema,
  amountMinor: signedMinorSchema,
  scale: scaleSchema,
});

/** So much of a currency or an asset: `amountMinor` minor units of `code`, of which 10^`scale` make one. */
export type Amount = z.output<typeof amountSchema>;

/**
 * Refuses an amount that is zero, negative, or beyond 10²⁴.
 *
 * @param field - what the amount is called, where that is not plain. Default: none is named.
 * @throws {@link sharedErrors.InvalidAmountError} naming the rule.
 */
export function assertPositiveAmount({ amountMinor }: Pick<Amount, 'amountMinor'>, field?: string): void {
  const named = field === undefined ? {} : { field };

  if (amountMinor <= 0n) throw new sharedErrors.InvalidAmountError({ rule: 'positive', ...named });
  if (amountMinor > MAX_MINOR) throw new sharedErrors.InvalidAmountError({ rule: 'range', ...named });
}

/**
 * Refuses an amount that is zero or beyond 10²⁴ either way.
 *
 * @throws {@link sharedErrors.InvalidAmountError} naming the rule.
 */
export function assertNonZeroAmount({ amountMinor }: Amount): void {
  if (amountMinor === 0n) {
    throw new sharedErrors.InvalidAmountError({ rule: 'non-zero' });
  }
  if (amountMinor > MAX_MINOR || amountMinor < -MAX_MINOR) {
    throw new sharedErrors.InvalidAmountError({ rule: 'range' });
  }
}
