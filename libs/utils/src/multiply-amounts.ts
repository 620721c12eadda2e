import { InvalidAmountError } from '@cnop/exceptions';
import { dinero, down, multiply, toSnapshot, transformScale, up } from 'dinero.js/bigint';

import { assertScale, MAX_MINOR } from './amount-limits.ts';

/** Which way an inexact amount is rounded: `up` when a user pays it, `down` when a user receives it. */
export type Rounding = 'up' | 'down';

/** The two factors of a product, each in its own minor units, and the scale and rounding of the product. */
export interface MultiplyAmountsOptions {
  readonly priceMinor: bigint;
  readonly priceScale: number;
  readonly quantityMinor: bigint;
  readonly quantityScale: number;
  /** The scale of the product, e.g. 2 for cents. */
  readonly resultScale: number;
  readonly rounding: Rounding;
}

/** Scales are decimal places here and a code has no meaning, so one stand-in serves every amount. */
const decimalUnit = { code: 'UNIT', base: 10n, exponent: 0n };
const divideBy = { up, down };

/**
 * Multiplies a price by a quantity exactly and rounds the product once, to `resultScale`.
 *
 * The product may be zero, when a tiny one is rounded down; whether that is acceptable is the caller's to say.
 *
 * @returns the product in minor units of `resultScale`.
 * @throws {@link InvalidAmountError} with the rule `negative` when a factor is below zero, or `maximum` when the
 *   product is above {@link MAX_MINOR}.
 * @example
 * multiplyAmounts({
 *   priceMinor: 33_333n, priceScale: 4, // 3.3333 a piece
 *   quantityMinor: 15n, quantityScale: 1, // 1.5 pieces
 *   resultScale: 2, rounding: 'up',
 * }); // 500n: 4.99995, paid as 5.00
 */
export function multiplyAmounts(options: MultiplyAmountsOptions): bigint {
  const { priceMinor, priceScale, quantityMinor, quantityScale, resultScale, rounding } = options;
  [priceScale, quantityScale, resultScale].forEach(assertScale);
  if (priceMinor < 0n || quantityMinor < 0n) {
    throw new InvalidAmountError({ rule: 'negative' });
  }
  const price = dinero({ amount: priceMinor, currency: decimalUnit, scale: BigInt(priceScale) });
  const product = multiply(price, { amount: quantityMinor, scale: BigInt(quantityScale) });
  const { amount } = toSnapshot(transformScale(product, BigInt(resultScale), divideBy[rounding]));
  if (amount > MAX_MINOR) {
    throw new InvalidAmountError({ rule: 'maximum', scale: resultScale });
  }
  return amount;
}
