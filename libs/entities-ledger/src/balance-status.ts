import { z } from 'zod';

/** Whether a balance may be debited. A `FROZEN` one still takes credits. */
export const BalanceStatus = {
  ACTIVE: 'ACTIVE',
  FROZEN: 'FROZEN',
} as const;

/** One of the {@link BalanceStatus} values. */
export type BalanceStatus = (typeof BalanceStatus)[keyof typeof BalanceStatus];

/** Accepts exactly the {@link BalanceStatus} values. */
export const balanceStatusSchema = z.enum(BalanceStatus);
