import { fxErrors } from './errors.ts';

/** What a currency says of its conversions; one without `spreadBps` is not converted. */
export interface SpreadTerms {
  readonly code: string;
  /** What the house keeps of a conversion, in basis points of it. */
  readonly spreadBps?: number | undefined;
  /** What a locked rate costs for each minute that it is locked, in basis points. Absent: nothing. */
  readonly lockBpsPerMinute?: number | undefined;
}

/** The largest spread, the price of a lock included: 10 %. */
export const MAX_SPREAD_BPS = 1_000;

const MINUTE_MS = 60_000;

/**
 * The spread of a conversion, once for its whole path: the larger one of the two currencies, and for a locked rate, which is an option
 * that its holder pays for, the larger price of a minute for each minute begun.
 *
 * @param lockMs - for how long the rate is locked; 0 where it is not.
 * @returns basis points, possibly above {@link MAX_SPREAD_BPS}: a lock that costs so much is refused by whoever offers it.
 * @throws CurrencyPairNotSupportedError when one of the currencies is not converted.
 */
export function spreadBpsOf(from: SpreadTerms, to: SpreadTerms, lockMs = 0): number {
  if (from.spreadBps === undefined || to.spreadBps === undefined) {
    throw new fxErrors.CurrencyPairNotSupportedError({ from: from.code, to: to.code });
  }
  const perMinute = Math.max(from.lockBpsPerMinute ?? 0, to.lockBpsPerMinute ?? 0);

  return Math.max(from.spreadBps, to.spreadBps) + Math.ceil((perMinute * lockMs) / MINUTE_MS);
}
