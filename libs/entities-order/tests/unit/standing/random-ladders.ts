import fc from 'fast-check';
import { climb, type WatermarkKind, type WatermarkLadder } from '@cnop/entities-order';

/** That many seconds after a fixed time. */
export const at = (second: number): string => new Date(Date.UTC(2026, 2, 2, 14, 0, second)).toISOString();

/** The ladder after these prices, one a second. */
export const ladderOf = (kind: WatermarkKind, prices: readonly bigint[]): WatermarkLadder =>
  prices.reduce<WatermarkLadder>(
    (ladder, priceMinor, index) =>
      climb(ladder, kind, { asOf: at(index), priceMinor, ...(index > 0 && { newestAsOf: at(index - 1) }) }),
    [],
  );

export const arbitraryPrices = fc.array(fc.bigInt(1n, 40n), { minLength: 1, maxLength: 40 });
export const arbitraryKind = fc.constantFrom<WatermarkKind[]>('HIGH', 'LOW');
