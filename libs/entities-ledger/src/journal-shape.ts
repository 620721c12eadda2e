import { MAX_MINOR, MAX_SCALE } from '@cnop/utils';
import { currencyScale, isCurrencyCode } from '@cnop/validation';
import { isScaleOf } from './amount.ts';
import type { Fill } from './fill.ts';
import { paymentShapeProblem } from './payment-shape.ts';
import { Bucket, type Posting } from './postings.ts';
import { TransactionStatus, TransactionType } from './transaction-status.ts';

/** The parts of a journal entry that its shape depends on. */
export interface JournalShape {
  readonly transactionType: TransactionType;
  readonly status: TransactionStatus;
  readonly postings: readonly Posting[];
  readonly orderId?: string | undefined;
  readonly fill?: Fill | undefined;
  readonly feeMinor?: bigint | undefined;
  readonly owner?: string | undefined;
  readonly counterparty?: string | undefined;
}

type ShapeRule = (entry: JournalShape) => string | undefined;

const shapeOfType: Record<TransactionType, ShapeRule> = {
  DEPOSIT: ({ postings }) =>
    singlePostingProblem(postings, (minor) => minor > 0n, 'a positive') ?? currencyProblem(postings),
  WITHDRAW: ({ postings }) =>
    singlePostingProblem(postings, (minor) => minor < 0n, 'a negative') ?? currencyProblem(postings),
  SYSTEM_ADJUSTMENT: ({ postings }) => singlePostingProblem(postings, (minor) => minor !== 0n, 'a non-zero'),
  TRANSFER: ({ postings }) => singlePostingProblem(postings, (minor) => minor !== 0n, 'a non-zero'),
  ORDER_HOLD: ({ postings }) => bucketMoveProblem(postings, Bucket.HELD),
  ORDER_RELEASE: ({ postings }) => bucketMoveProblem(postings, Bucket.AVAILABLE),
  ORDER_PAYMENT: paymentShapeProblem,
  ORDER_REFUND: ({ postings }) => refundProblem(postings),
};

const rulesOfAll: readonly ShapeRule[] = [
  statusProblem,
  orderProblem,
  fillProblem,
  feeProblem,
  counterpartyProblem,
  postingsProblem,
];

/**
 * What is wrong with the shape of a journal entry, as one sentence; `undefined` when nothing is.
 *
 * Every entry: only a DEPOSIT is ever PENDING or CANCELLED, and only an entry that belongs to no order is ever FAILED; ORDER_… entries name their order and no others do; only an
 * ORDER_PAYMENT carries a fill; only that and an ORDER_REFUND a fee, none below zero; one posting per code and bucket, none of zero or beyond 10²⁴, one scale per code,
 * of a currency that of ISO 4217.
 * DEPOSIT: one positive posting of a currency, WITHDRAW: one negative of a currency, SYSTEM_ADJUSTMENT and TRANSFER: one, all on
 * `available`; a TRANSFER names another owner as its counterparty, and no other entry does (whether that one has the mirror: see
 * `mirrorProblem`). ORDER_HOLD moves
 * `available` to `held` within a code, ORDER_RELEASE moves it back. ORDER_PAYMENT: see {@link paymentShapeProblem}.
 * ORDER_REFUND: one posting of a currency and one of an asset, on `available`, of opposite signs. Whether a refund is the
 * negation of its order's payments takes the payments to say: compare with `refundPostings`.
 */
export function journalShapeProblem(entry: JournalShape): string | undefined {
  for (const rule of rulesOfAll) {
    const problem = rule(entry);
    if (problem !== undefined) {
      return problem;
    }
  }
  return shapeOfType[entry.transactionType](entry);
}

/** Only a deposit waits. A WITHDRAW or SYSTEM_ADJUSTMENT that is FAILED is a fence: it took the place of one that was refused. */
function statusProblem({ transactionType, status }: JournalShape): string | undefined {
  const allowed =
    status === TransactionStatus.COMPLETED ||
    transactionType === TransactionType.DEPOSIT ||
    (status === TransactionStatus.FAILED && !transactionType.startsWith('ORDER_'));

  return allowed ? undefined : `${transactionType} must be COMPLETED, not ${status}.`;
}

function orderProblem({ transactionType, orderId }: JournalShape): string | undefined {
  const belongsToOrder = transactionType.startsWith('ORDER_');

  if (belongsToOrder === (orderId !== undefined)) {
    return undefined;
  }
  return belongsToOrder ? `${transactionType} must name its order.` : `${transactionType} must name no order.`;
}

function fillProblem({ transactionType, fill }: JournalShape): string | undefined {
  return fill !== undefined && transactionType !== TransactionType.ORDER_PAYMENT
    ? `${transactionType} must carry no fill.`
    : undefined;
}

function feeProblem({ transactionType, feeMinor }: JournalShape): string | undefined {
  if (feeMinor === undefined) return undefined;
  if (transactionType !== TransactionType.ORDER_PAYMENT && transactionType !== TransactionType.ORDER_REFUND) {
    return `${transactionType} must carry no fee.`;
  }
  return feeMinor >= 0n && feeMinor <= MAX_MINOR ? undefined : 'The fee must be from 0 to 10^24 minor units.';
}

function counterpartyProblem({ transactionType, owner, counterparty }: JournalShape): string | undefined {
  if (transactionType !== TransactionType.TRANSFER) {
    return counterparty === undefined ? undefined : `${transactionType} must name no counterparty.`;
  }
  if (counterparty === undefined) return 'TRANSFER must name its counterparty.';

  return counterparty === owner ? 'The counterparty of a TRANSFER must be another owner.' : undefined;
}

function postingsProblem({ postings }: JournalShape): string | undefined {
  let index = 0;

  for (const { code, bucket, amountMinor, scale } of postings) {
    if (amountMinor === 0n) {
      return `The posting of ${code} to ${bucket} must not be zero.`;
    }
    if (amountMinor > MAX_MINOR || amountMinor < -MAX_MINOR) {
      return `The posting of ${code} to ${bucket} must stay within 10^24 minor units.`;
    }
    if (!Number.isInteger(scale) || scale < 0 || scale > MAX_SCALE) {
      return `The posting of ${code} to ${bucket} must have a scale from 0 to ${MAX_SCALE}.`;
    }
    if (!isScaleOf(code, scale)) {
      return `The posting of ${code} to ${bucket} must have its scale of ISO 4217, ${currencyScale(code)}, not ${scale}.`;
    }
    const clash = earlierClash(postings, index);
    if (clash) {
      return clash.scale === scale
        ? `There must be one posting of ${code} to ${bucket}.`
        : `The postings of ${code} must have one scale.`;
    }
    index += 1;
  }
  return undefined;
}

/** The first posting before this one that is of its code, and of another scale or to the same bucket. There are two or three in all. */
function earlierClash(postings: readonly Posting[], index: number): Posting | undefined {
  const posting = postings[index];

  return postings.find(
    (other, place) =>
      place < index &&
      other.code === posting?.code &&
      (other.scale !== posting.scale || other.bucket === posting.bucket),
  );
}

/** Users deposit and withdraw currencies; assets enter by a trade or an adjustment. */
const currencyProblem = (postings: readonly Posting[]): string | undefined =>
  postings.every(({ code }) => isCurrencyCode(code)) ? undefined : 'The posting must be of a currency.';

function singlePostingProblem(
  postings: readonly Posting[],
  hasSign: (amountMinor: bigint) => boolean,
  amount: string,
): string | undefined {
  const [posting, ...others] = postings;

  return posting?.bucket === Bucket.AVAILABLE && hasSign(posting.amountMinor) && others.length === 0
    ? undefined
    : `There must be one posting, of ${amount} amount, to available.`;
}

/** A hold or a release: the whole of what leaves one bucket enters the other, within one code. */
function bucketMoveProblem(postings: readonly Posting[], into: Bucket): string | undefined {
  const entering = postings.find((posting) => posting.bucket === into);
  const leaving = postings.find((posting) => posting.bucket !== into);

  if (entering === undefined || leaving === undefined || postings.length !== 2 || entering.code !== leaving.code) {
    return 'There must be two postings of one code, one to available and one to held.';
  }
  if (entering.amountMinor + leaving.amountMinor !== 0n) {
    return `The postings must net to zero within ${entering.code}.`;
  }
  return entering.amountMinor > 0n ? undefined : `The postings must move ${entering.code} into ${into}.`;
}

function refundProblem(postings: readonly Posting[]): string | undefined {
  const cash = postings.find((posting) => isCurrencyCode(posting.code));
  const asset = postings.find((posting) => !isCurrencyCode(posting.code));

  if (cash === undefined || asset === undefined || postings.length !== 2) {
    return 'There must be two postings, one of a currency and one of an asset.';
  }
  if (postings.some((posting) => posting.bucket !== Bucket.AVAILABLE)) {
    return 'The postings must all be to available.';
  }
  return cash.amountMinor > 0n === asset.amountMinor > 0n ? 'The postings must have opposite signs.' : undefined;
}
