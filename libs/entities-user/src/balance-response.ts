import { formatDecimal } from '@cnop/utils';
import { z } from 'zod';
import { type Balance, balanceSchema } from './balance.ts';
import { signedDecimalSchema } from './signed-decimal.ts';

/** The shape of a balance in an answer over an edge: amounts as decimal text. */
export const balanceResponseSchema = balanceSchema
  .pick({ username: true, code: true, scale: true, status: true, version: true })
  .extend({
    available: signedDecimalSchema,
    held: signedDecimalSchema,
    totalDeposited: signedDecimalSchema,
    totalWithdrawn: signedDecimalSchema,
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  });

/** A balance as an edge answers it. */
export type BalanceResponse = z.output<typeof balanceResponseSchema>;

/** The answer that shows a balance; each amount has exactly `scale` decimals. */
export function toBalanceResponse(balance: Balance): BalanceResponse {
  const { username, code, scale, status, version, createdAt, updatedAt } = balance;

  return {
    username,
    code,
    scale,
    available: formatDecimal(balance.availableMinor, scale),
    held: formatDecimal(balance.heldMinor, scale),
    totalDeposited: formatDecimal(balance.totalDepositedMinor, scale),
    totalWithdrawn: formatDecimal(balance.totalWithdrawnMinor, scale),
    status,
    version,
    createdAt,
    updatedAt,
  };
}
