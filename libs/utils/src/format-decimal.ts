import { assertScale } from './amount-limits.ts';

/**
 * Writes an integer in minor units as decimal text with exactly `scale` decimals: `1250n` at scale 2 is "12.50", `-5n`
 * is "-0.05".
 *
 * Takes any magnitude, so that sums beyond {@link MAX_MINOR} can be shown too.
 *
 * @param scale - how many decimals one unit has, 0 to {@link MAX_SCALE}.
 * @see {@link parseDecimal} for the reverse.
 */
export function formatDecimal(minor: bigint, scale: number): string {
  assertScale(scale);
  if (scale === 0) {
    return minor.toString();
  }
  const sign = minor < 0n ? '-' : '';
  const digits = (minor < 0n ? -minor : minor).toString().padStart(scale + 1, '0');

  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
