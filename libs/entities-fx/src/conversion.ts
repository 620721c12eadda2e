import { convertAmount, formatDecimal, type Fraction } from '@cnop/utils';
import { fxErrors } from './errors.ts';

/** A currency and the scale of its amounts. */
export interface CurrencyScale {
  readonly code: string;
  readonly scale: number;
}

/** What is converted into what, and at which rate. */
export interface ConversionTerms {
  readonly from: CurrencyScale;
  readonly to: CurrencyScale;
  /** What the seller of `from` gets of `to` for one whole unit, before the spread. */
  readonly rate: Fraction;
  readonly mid: Fraction;
  /** What the house keeps, in basis points; less than 10 000. */
  readonly spreadBps: number;
}

/** The side of a conversion whose amount is given: the other one follows from it. */
export interface FixedSide {
  readonly side: 'sell' | 'buy';
  readonly amountMinor: bigint;
}

/** The amounts of a conversion, in minor units. */
export interface Conversion {
  readonly soldMinor: bigint;
  readonly boughtMinor: bigint;
  /** What the house earns, in the currency that is bought: its spread, and what rounding leaves. Never negative. */
  readonly spreadMinor: bigint;
}

const BPS = 10_000n;

/**
 * What a conversion gives and takes: exact, and rounded once, up what the user pays, down what the user receives.
 *
 * @throws ConversionBelowMinimumError when the side that follows would be nothing; InvalidAmountError when it is above 10²⁴.
 * @example
 * conversionOf(
 *   {
 *     from: { code: 'EUR', scale: 2 }, to: { code: 'USD', scale: 2 },
 *     rate: { numerator: 11n, denominator: 10n }, mid: { numerator: 11n, denominator: 10n },
 *     spreadBps: 20,
 *   },
 *   { side: 'sell', amountMinor: 10_000n },
 * ); // 100.00 EUR for 109.78 USD, of which the house keeps 0.22
 */
export function conversionOf(terms: ConversionTerms, { side, amountMinor }: FixedSide): Conversion {
  const { from, to, rate, spreadBps } = terms;
  const net = { numerator: rate.numerator * (BPS - BigInt(spreadBps)), denominator: rate.denominator * BPS };
  const [given, sought] = side === 'sell' ? [from, to] : [to, from];
  const resultMinor = convertAmount({
    amountMinor,
    amountScale: given.scale,
    rate: side === 'sell' ? net : { numerator: net.denominator, denominator: net.numerator },
    resultScale: sought.scale,
    rounding: side === 'sell' ? 'down' : 'up',
  });
  if (resultMinor === 0n) {
    const minimum = formatDecimal(1n, sought.scale);
    throw new fxErrors.ConversionBelowMinimumError({
      code: sought.code,
      amount: formatDecimal(0n, sought.scale),
      minimum,
    });
  }

  const [soldMinor, boughtMinor] = side === 'sell' ? [amountMinor, resultMinor] : [resultMinor, amountMinor];
  return { soldMinor, boughtMinor, spreadMinor: worthOf(terms, soldMinor) - boughtMinor };
}

/** What the sold amount is worth at the mid, rounded down. */
const worthOf = ({ from, to, mid }: ConversionTerms, soldMinor: bigint): bigint =>
  convertAmount({
    amountMinor: soldMinor,
    amountScale: from.scale,
    rate: mid,
    resultScale: to.scale,
    rounding: 'down',
  });
