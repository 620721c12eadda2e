import { MAX_MINOR, MAX_SCALE, type Rounding, multiplyAmounts } from '@cnop/utils';
import { isCurrencyCode } from '@cnop/validation';
import { type Fill, Side } from './fill.ts';
import { Bucket, type Posting } from './postings.ts';

/** What the shape of an ORDER_PAYMENT depends on. */
interface PaymentShape {
  readonly postings: readonly Posting[];
  readonly fill?: Fill | undefined;
  readonly feeMinor?: bigint | undefined;
}

/**
 * What is wrong with the postings of an ORDER_PAYMENT, as one sentence; `undefined` when nothing is.
 *
 * One currency and one asset, opposite each other: the asset's postings net to the fill's quantity, the cash to
 * round(price × quantity), up when the user buys and down when the user sells, and the fee on top of what a buyer pays, off what a
 * seller receives, who receives something. What the user receives arrives in
 * `available`; what the user pays leaves `available`, or leaves `held` with the unspent part going back to `available`.
 */
export function paymentShapeProblem({ postings, fill, feeMinor = 0n }: PaymentShape): string | undefined {
  if (fill === undefined) {
    return 'ORDER_PAYMENT must carry its fill.';
  }

  const cash = postings.filter((posting) => isCurrencyCode(posting.code));
  const asset = postings.filter((posting) => !isCurrencyCode(posting.code));
  const [cashPosting] = cash;
  const [assetPosting] = asset;
  if (cashPosting === undefined || assetPosting === undefined || !hasOneCode(cash) || !hasOneCode(asset)) {
    return 'There must be postings of one currency and of one asset.';
  }
  return (
    fillProblem(fill) ??
    quantityProblem(asset, assetPosting.scale, fill) ??
    cashProblem(cash, cashPosting.scale, { fill, feeMinor }) ??
    (fill.side === Side.BUY ? bucketProblem(cash, asset) : bucketProblem(asset, cash))
  );
}

function hasOneCode(postings: readonly Posting[]): boolean {
  return new Set(postings.map((posting) => posting.code)).size === 1;
}

function fillProblem(fill: Fill): string | undefined {
  const hasAmounts = [fill.priceMinor, fill.quantityMinor].every((minor) => minor > 0n && minor <= MAX_MINOR);
  const hasScales = [fill.priceScale, fill.quantityScale].every(
    (scale) => Number.isInteger(scale) && scale >= 0 && scale <= MAX_SCALE,
  );

  return hasAmounts && hasScales
    ? undefined
    : `The fill must have price and quantity from 1 to 10^24 minor units and scales from 0 to ${MAX_SCALE}.`;
}

function quantityProblem(asset: readonly Posting[], scale: number, fill: Fill): string | undefined {
  const expected = fill.side === Side.BUY ? fill.quantityMinor : -fill.quantityMinor;
  const actual = sum(asset);

  if (scale !== fill.quantityScale) {
    return `The asset must be posted with the scale of the fill, ${fill.quantityScale}, not ${scale}.`;
  }
  return actual === expected
    ? undefined
    : `The asset must move by ${expected.toString()} as its fill says, not by ${actual.toString()}.`;
}

function cashProblem(
  cash: readonly Posting[],
  resultScale: number,
  { fill, feeMinor }: { readonly fill: Fill; readonly feeMinor: bigint },
): string | undefined {
  const rounding = fill.side === Side.BUY ? 'up' : 'down';
  const notional = notionalOf(fill, resultScale, rounding);
  if (notional === undefined) {
    return 'Price times quantity must stay within 10^24 minor units.';
  }

  const expected = (fill.side === Side.BUY ? -notional : notional) - feeMinor;
  const actual = sum(cash);
  if (fill.side === Side.SELL && expected <= 0n) return 'The seller must receive something after the fee.';

  const fee = feeMinor === 0n ? '' : `, with a fee of ${feeMinor.toString()}`;
  return actual === expected
    ? undefined
    : `The cash must move by ${expected.toString()}, price times quantity rounded ${rounding}${fee}, not by ${actual.toString()}.`;
}

function notionalOf(fill: Fill, resultScale: number, rounding: Rounding): bigint | undefined {
  const { priceMinor, priceScale, quantityMinor, quantityScale } = fill;

  try {
    return multiplyAmounts({ priceMinor, priceScale, quantityMinor, quantityScale, resultScale, rounding });
  } catch {
    // Factors and scales were checked before, so only the product can be out of range.
    return undefined;
  }
}

function bucketProblem(paid: readonly Posting[], received: readonly Posting[]): string | undefined {
  if (received.some((posting) => posting.bucket !== Bucket.AVAILABLE)) {
    return 'What the user receives must go to available.';
  }
  return paid.some((posting) => posting.bucket === Bucket.HELD && posting.amountMinor > 0n)
    ? 'What the user pays must not go into held.'
    : undefined;
}

function sum(postings: readonly Posting[]): bigint {
  return postings.reduce((total, posting) => total + posting.amountMinor, 0n);
}
