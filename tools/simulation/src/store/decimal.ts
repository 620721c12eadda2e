import { validationError } from './store-error.ts';

/** units × 10^exponent, without trailing zeros in the units: one value has one form. */
interface Decimal {
  readonly units: bigint;
  readonly exponent: number;
}

/** DynamoDB's own limit, in significant digits. */
const maxDigits = 38;
const maxMagnitude = 125;
const minMagnitude = -130;

const shape = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;

/** A number in the one form in which this store keeps it: plain decimals, no exponent, no needless zero. */
export const normalizeNumber = (text: string): string => format(parse(text));

/** The exact sum of two numbers. */
export const addNumbers = (left: string, right: string): string => combine(left, right, 1n);

/** The exact difference of two numbers. */
export const subtractNumbers = (left: string, right: string): string => combine(left, right, -1n);

/** Below 0, 0 or above 0, as left is less than, equal to or more than right. */
export function compareNumbers(left: string, right: string): number {
  const [a, b] = aligned(parse(left), parse(right));

  return a === b ? 0 : a < b ? -1 : 1;
}

function parse(text: string): Decimal {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = shape.exec(text) ?? [];
  if (whole === '' && fraction === '') throw validationError('The parameter cannot be converted to a numeric value');

  return trimmed(BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`), Number(exponent) - fraction.length);
}

function trimmed(units: bigint, exponent: number): Decimal {
  if (units === 0n) return { units, exponent: 0 };
  const digits = units.toString();
  const zeros = /0*$/.exec(digits)?.[0].length ?? 0;

  return limited({ units: BigInt(digits.slice(0, digits.length - zeros)), exponent: exponent + zeros });
}

function limited(decimal: Decimal): Decimal {
  const digits = decimal.units.toString().replace('-', '').length;
  const magnitude = decimal.exponent + digits - 1;
  if (digits > maxDigits) throw validationError('Attempting to store more than 38 significant digits in a Number');
  if (magnitude > maxMagnitude) throw validationError('Number overflow');
  if (magnitude < minMagnitude) throw validationError('Number underflow');

  return decimal;
}

function aligned(left: Decimal, right: Decimal): [bigint, bigint] {
  const exponent = Math.min(left.exponent, right.exponent);

  return [left.units * 10n ** BigInt(left.exponent - exponent), right.units * 10n ** BigInt(right.exponent - exponent)];
}

function combine(left: string, right: string, sign: bigint): string {
  const [a, b] = [parse(left), parse(right)];
  const [leftUnits, rightUnits] = aligned(a, b);

  return format(trimmed(leftUnits + sign * rightUnits, Math.min(a.exponent, b.exponent)));
}

function format({ units, exponent }: Decimal): string {
  if (exponent >= 0) return (units * 10n ** BigInt(exponent)).toString();
  const digits = units
    .toString()
    .replace('-', '')
    .padStart(1 - exponent, '0');

  return `${units < 0n ? '-' : ''}${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
}
