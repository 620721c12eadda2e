import { isDomainError } from '@cnop/exceptions';
import { assertWholeSetting } from '@cnop/validation';
import { orderErrors } from './errors.ts';
import { feeBpsSchema, MAX_FEE_BPS, type Order } from './order.ts';

/** What a fee may depend on. */
export type FeeSubject = Pick<Order, 'owner' | 'assetId' | 'orderType'>;

/**
 * Says what an order costs, in basis points of each of its fills' notional. Asked once, when the order is placed: the order keeps the
 * result.
 */
export interface FeeSchedule {
  /** A whole number from 0 to {@link MAX_FEE_BPS}; anything else is refused, and the order with it. */
  feeBpsFor(subject: FeeSubject): number | Promise<number>;
}

/**
 * The same fee for every order.
 *
 * @throws ConfigurationError when it is not a whole number from 0 to {@link MAX_FEE_BPS}.
 * @example
 * const flow = createOrderFlow({ database, feeSchedule: flatFee(25) }); // 0.25 %
 */
export function flatFee(feeBps: number): FeeSchedule {
  assertWholeSetting('feeBps', feeBps, { from: 0, to: MAX_FEE_BPS });

  return { feeBpsFor: () => feeBps };
}

const BPS = 10_000n;

/**
 * The fee of one fill: ⌈notional × feeBps / 10 000⌉, in minor units of the order's currency; exact at any size.
 *
 * @param notionalMinor - what the fill paid or received before the fee, not negative.
 * @param feeBps - see {@link feeBpsSchema}.
 */
export const feeOf = (notionalMinor: bigint, feeBps: number): bigint =>
  (notionalMinor * BigInt(feeBps) + BPS - 1n) / BPS;

/**
 * What a schedule says of an order, checked: the schedule may be anybody's.
 *
 * @throws {@link orderErrors.InvalidFeeError} when that is no fee; {@link orderErrors.FeeUnavailableError} when the schedule failed
 *   otherwise than by a DomainError, with that failure as its `cause`; a DomainError of the schedule as it is.
 */
export async function feeBpsFrom(schedule: FeeSchedule, subject: FeeSubject): Promise<number> {
  const { data: feeBps } = feeBpsSchema.safeParse(await askFor(schedule, subject));
  if (feeBps === undefined) {
    const rule = `must be a whole number from 0 to ${MAX_FEE_BPS}`;
    throw new orderErrors.InvalidFeeError({ assetId: subject.assetId, rule });
  }
  return feeBps;
}

async function askFor(schedule: FeeSchedule, subject: FeeSubject): Promise<unknown> {
  try {
    return await schedule.feeBpsFor(subject);
  } catch (cause) {
    throw isDomainError(cause) ? cause : new orderErrors.FeeUnavailableError({ assetId: subject.assetId }, { cause });
  }
}
