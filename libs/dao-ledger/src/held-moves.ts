import { MAX_MINOR } from '@cnop/utils';
import * as z from 'zod';
import { hasItsScale, scaleIssue, updatedBalanceFields, type BalanceMove } from './balance-actions.ts';

/** An amount that a balance is to hold for an order. */
export interface BalanceHold extends Omit<BalanceMove, 'external'> {
  /** Whether the order begins to hold with it, and counts into `openOrders`; not where the hold of an order is raised. */
  readonly opensOrder?: boolean;
  /** How many open orders may hold the code, this one included, at least 1. Default: any number. Only with `opensOrder`. */
  readonly maxOpenOrders?: number;
}

/** An amount that a balance holds for an order no longer. */
export interface BalanceRelease extends Omit<BalanceMove, 'external'> {
  /** Whether the order ends with it, and counts into `openOrders` no longer. */
  readonly closesOrder?: boolean;
}

/** What one fill of an order does to the balance that it holds. */
export interface BalanceCapture extends Omit<BalanceMove, 'external' | 'amountMinor'> {
  /** What the fill takes out of the hold; positive, in minor units of `code`. */
  readonly heldMinor: bigint;
  /** What of it comes back to `available`, less than `heldMinor`; negative: what the hold is short of, out of `available`. */
  readonly availableMinor: bigint;
  /** Whether the order ends with it, and counts into `openOrders` no longer. */
  readonly closesOrder?: boolean;
}

/** An amount that a balance receives and holds at once. */
export type HeldCredit = Omit<BalanceHold, 'maxOpenOrders'>;

const amountFields = { ...updatedBalanceFields, amountMinor: z.bigint() };

/** Accepts a {@link BalanceHold}; its amount is checked where the action is made. */
export const balanceHoldSchema: z.ZodType<BalanceHold> = z
  .strictObject({ ...amountFields, opensOrder: z.boolean().optional(), maxOpenOrders: z.int().min(1).optional() })
  .refine(hasItsScale, scaleIssue)
  .refine(({ opensOrder, maxOpenOrders }) => opensOrder === true || maxOpenOrders === undefined, {
    path: ['maxOpenOrders'],
    error: 'A maximum is for a hold that opens an order.',
  });

/** Accepts a {@link BalanceRelease}; its amount is checked where the action is made. */
export const balanceReleaseSchema: z.ZodType<BalanceRelease> = z
  .strictObject({ ...amountFields, closesOrder: z.boolean().optional() })
  .refine(hasItsScale, scaleIssue);

/** Accepts a {@link BalanceCapture}; what it holds is checked where the action is made. */
export const balanceCaptureSchema: z.ZodType<BalanceCapture> = z
  .strictObject({
    ...updatedBalanceFields,
    heldMinor: z.bigint(),
    availableMinor: z.bigint().min(-MAX_MINOR),
    closesOrder: z.boolean().optional(),
  })
  .refine(hasItsScale, scaleIssue)
  .refine(({ heldMinor, availableMinor }) => heldMinor <= 0n || availableMinor < heldMinor, {
    path: ['availableMinor'],
    error: 'Less comes back than is captured.',
  });

/** Accepts a {@link HeldCredit}; its amount is checked where the action is made. */
export const heldCreditSchema: z.ZodType<HeldCredit> = z
  .strictObject({ ...amountFields, opensOrder: z.boolean().optional() })
  .refine(hasItsScale, scaleIssue);
