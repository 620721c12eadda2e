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
export function assertScale(scale: number): void {
  if (!Number.isInteger(scale) || scale < 0 || scale > MAX_SCALE) {
    throw new RangeError(`A scale is an integer from 0 to ${MAX_SCALE}.`);
  }
}
