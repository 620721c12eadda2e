import { InvalidAmountError } from '@cnop/exceptions';

import { assertScale, MAX_DECIMAL_LENGTH, MAX_MINOR } from './amount-limits.ts';

const decimalText = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?$/;

/**
 * Reads a decimal text ("12.50") as an integer in minor units (`1250n` at scale 2), exactly.
 *
 * More decimals than the scale are an error even if they are zeros: nothing is ever rounded away. Exponents, signs
 * other than a leading "-", leading zeros, spaces and separators are refused.
 *
 * @param scale - how many decimals one unit has, 0 to {@link MAX_SCALE}.
 * @param field - the name of the input the text came from, put into the error's details.
 * @throws {@link InvalidAmountError} with the rule that was broken: `shape` (not a decimal text), `decimals` (more of
 *   them than the scale) or `maximum` (magnitude above {@link MAX_MINOR}). Never carries the text.
 * @see {@link formatDecimal} for the reverse.
 * @example
 * parseDecimal('12.5', 2); // 1250n
 */
export function parseDecimal(text: string, scale: number, field?: string): bigint {
  assertScale(scale);
  const refusal = (rule: string) =>
    new InvalidAmountError({ rule, scale, ...(field === undefined ? undefined : { field }) });

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
