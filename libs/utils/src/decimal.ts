import { sharedErrors } from '@cnop/exceptions';
import { dinero, down, multiply, toSnapshot, transformScale, up } from 'dinero.js/bigint';

/**
 * The largest magnitude of any amount, price or quantity, in minor units: 10²⁴.
 *
 * Far below DynamoDB's 38 digits, so that a balance of many such amounts is still stored exactly.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
 */
export const MAX_MINOR = 10n ** 24n;

/** The largest scale (number of decimals) of any currency, asset or price: 18. */
export const MAX_SCALE = 18;

/** The longest decimal text that {@link parseDecimal} reads, in characters; a longer one is refused unread. */
export const MAX_DECIMAL_LENGTH = 45;

/**
 * Refuses a scale that no amount can have.
 *
 * @throws RangeError when the scale is not an integer from 0 to {@link MAX_SCALE}.
 */
function assertScale(scale: number): void {
  if (!Number.isInteger(scale) || scale < 0 || scale > MAX_SCALE) {
    throw new RangeError(`A scale is an integer from 0 to ${MAX_SCALE}.`);
  }
}

const decimalText = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?$/;

/**
 * Reads a decimal text ("12.50") as an integer in minor units (`1250n` at scale 2), exactly.
 *
 * More decimals than the scale are an error even if they are zeros: nothing is ever rounded away. Exponents, signs
 * other than a leading "-", leading zeros, spaces and separators are refused.
 *
 * @param scale - how many decimals one unit has, 0 to {@link MAX_SCALE}.
 * @param field - the name of the input the text came from, put into the error's details.
 * @throws {@link sharedErrors.InvalidAmountError} with the rule that was broken: `shape` (not a decimal text), `decimals` (more of
 *   them than the scale) or `maximum` (magnitude above {@link MAX_MINOR}). Never carries the text.
 * @see {@link formatDecimal} for the reverse.
 * @example
 * parseDecimal('12.5', 2); // 1250n
 */
export function parseDecimal(text: string, scale: number, field?: string): bigint {
  assertScale(scale);
  const refusal = (rule: string) =>
    new sharedErrors.InvalidAmountError({ rule, scale, ...(field === undefined ? undefined : { field }) });

  const match = text.length <= MAX_DECIMAL_LENGTH ? decimalText.exec(text) : null;
  if (!match) {
    throw refusal('shape');
  }
  const [, sign = '', whole = '', decimals = ''] = match;
  if (decimals.length > scale) {
    throw refusal('decimals');
  }
  const magnitude = BigInt(whole + decimals.padEnd(scale, '0'));
  if (magnitude > MAX_MINOR) {
    throw refusal('maximum');
  }
  return sign === '-' ? -magnitude : magnitude;
}

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
 * @throws {@link sharedErrors.InvalidAmountError} with the rule `negative` when a factor is below zero, or `maximum` when the
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
    throw new sharedErrors.InvalidAmountError({ rule: 'negative' });
  }
  const price = dinero({ amount: priceMinor, currency: decimalUnit, scale: BigInt(priceScale) });
  const product = multiply(price, { amount: quantityMinor, scale: BigInt(quantityScale) });
  const { amount } = toSnapshot(transformScale(product, BigInt(resultScale), divideBy[rounding]));
  if (amount > MAX_MINOR) {
    throw new sharedErrors.InvalidAmountError({ rule: 'maximum', scale: resultScale });
  }
  return amount;
}

/** A rate as an exact fraction: how many whole units of one thing one whole unit of another is. */
export interface Fraction {
  readonly numerator: bigint;
  /** Above zero. */
  readonly denominator: bigint;
}

/** An amount in its own minor units, the rate that it is converted by, and the scale and rounding of the result. */
export interface ConvertAmountOptions {
  readonly amountMinor: bigint;
  readonly amountScale: number;
  readonly rate: Fraction;
  readonly resultScale: number;
  readonly rounding: Rounding;
}

/**
 * Converts an amount by a rate exactly and rounds once, to `resultScale`. dinero.js multiplies by decimals only, and most inverse rates
 * are none.
 *
 * @returns the result in minor units of `resultScale`; zero, where a tiny one is rounded down.
 * @throws {@link sharedErrors.InvalidAmountError} with the rule `negative` when the amount or the rate is below zero, or `maximum` when the
 *   result is above {@link MAX_MINOR}; RangeError when the denominator is not above zero.
 * @example
 * // 100.00 EUR at 3/2, in a currency without decimals
 * convertAmount({
 *   amountMinor: 10_000n, amountScale: 2, rate: { numerator: 3n, denominator: 2n }, resultScale: 0, rounding: 'down',
 * }); // 150n
 */
export function convertAmount(options: ConvertAmountOptions): bigint {
  const { amountMinor, amountScale, rate, resultScale, rounding } = options;
  [amountScale, resultScale].forEach(assertScale);
  if (rate.denominator <= 0n) throw new RangeError('The denominator of a rate is above zero.');
  if (amountMinor < 0n || rate.numerator < 0n) throw new sharedErrors.InvalidAmountError({ rule: 'negative' });

  const dividend = amountMinor * rate.numerator * 10n ** BigInt(resultScale);
  const divisor = rate.denominator * 10n ** BigInt(amountScale);
  const result = (rounding === 'up' ? dividend + divisor - 1n : dividend) / divisor;
  if (result > MAX_MINOR) throw new sharedErrors.InvalidAmountError({ rule: 'maximum', scale: resultScale });
  return result;
}
