import type { Fraction } from '@cnop/utils';
import { fxErrors } from './errors.ts';
import { RateKind, type ExchangeRate } from './exchange-rate.ts';

/** One step of a conversion: over which published rate, in which direction, and of when. */
export interface RateLeg {
  readonly base: string;
  readonly quote: string;
  /** Which side of the pair is given away: the base at its bid, the quote at one over its ask. */
  readonly sold: 'base' | 'quote';
  readonly asOf: string;
}

/** What the seller of `from` gets of `to` for one whole unit, and by which path. */
export interface RatePath {
  readonly from: string;
  readonly to: string;
  readonly rate: Fraction;
  /** The same at the mids, which is better for the seller or equal. */
  readonly mid: Fraction;
  /** As old as the oldest leg; absent from a currency to itself. */
  readonly asOf?: string;
  /** `reference` if one leg is. */
  readonly kind: RateKind;
  readonly legs: readonly RateLeg[];
}

/** The rates that lead from one currency to another. */
export interface RatesOfPair {
  readonly from: string;
  readonly to: string;
  /** The currency that every other one has its one pair with. */
  readonly pivot: string;
  /** The rate between a currency and the pivot, whichever of them is the base; `undefined` where there is none. */
  readonly rateOf: (currency: string) => ExchangeRate | undefined;
}

/**
 * The one path between two currencies, exact: directly where one of them is the pivot, else over it. Nothing is rounded on the way.
 *
 * So what is gained by going around is nothing: rate(A, B) × rate(B, A) ≤ 1, and equal to 1 at the mids.
 *
 * @throws CurrencyPairNotSupportedError when a rate is missing, or is one of other currencies.
 */
export function ratePath({ from, to, pivot, rateOf }: RatesOfPair): RatePath {
  const sides = [...new Set([from, to])].filter((currency) => currency !== pivot && from !== to);
  const steps = sides.map((currency) => {
    const rate = rateOf(currency);
    if (!rate || !isBetween(rate, currency, pivot)) throw new fxErrors.CurrencyPairNotSupportedError({ from, to });

    return stepOver(rate, currency === from ? currency : pivot);
  });
  const asOf = steps.map(({ leg }) => leg.asOf).sort()[0];

  return {
    from,
    to,
    rate: product(steps.map(({ rate }) => rate)),
    mid: product(steps.map(({ mid }) => mid)),
    ...(asOf !== undefined && { asOf }),
    kind: steps.some(({ kind }) => kind === RateKind.REFERENCE) ? RateKind.REFERENCE : RateKind.TRADABLE,
    legs: steps.map(({ leg }) => leg),
  };
}

const isBetween = ({ base, quote }: ExchangeRate, one: string, other: string): boolean =>
  (base === one && quote === other) || (base === other && quote === one);

interface Step {
  readonly rate: Fraction;
  readonly mid: Fraction;
  readonly kind: RateKind;
  readonly leg: RateLeg;
}

/** Gives away one currency of a pair for the other. */
function stepOver({ base, quote, asOf, kind, rateScale, midMinor, ...sides }: ExchangeRate, given: string): Step {
  const unit = 10n ** BigInt(rateScale);
  const { bidMinor = midMinor, askMinor = midMinor } = sides;

  return given === base
    ? {
        rate: { numerator: bidMinor, denominator: unit },
        mid: { numerator: midMinor, denominator: unit },
        kind,
        leg: { base, quote, sold: 'base', asOf },
      }
    : {
        rate: { numerator: unit, denominator: askMinor },
        mid: { numerator: unit, denominator: midMinor },
        kind,
        leg: { base, quote, sold: 'quote', asOf },
      };
}

/** In lowest terms, so that equal rates are equal fractions. */
function product(fractions: readonly Fraction[]): Fraction {
  const numerator = fractions.reduce((all, each) => all * each.numerator, 1n);
  const denominator = fractions.reduce((all, each) => all * each.denominator, 1n);
  const common = commonDivisor(numerator, denominator);

  return { numerator: numerator / common, denominator: denominator / common };
}

function commonDivisor(one: bigint, other: bigint): bigint {
  return other === 0n ? one : commonDivisor(other, one % other);
}
