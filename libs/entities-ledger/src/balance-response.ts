import { formatDecimal } from '@cnop/utils';
import { listResponseSchema, ownerSchema, signedDecimalTextSchema } from '@cnop/validation';
import { z } from 'zod';
import { type Balance, balanceSchema } from './balance.ts';

/** The shape of a balance in an answer over an edge: amounts as decimal text. */
export const balanceResponseSchema = balanceSchema
  .pick({ code: true, scale: true, status: true, version: true })
  .extend({
    username: ownerSchema,
    available: signedDecimalTextSchema,
    held: signedDecimalTextSchema,
    totalDeposited: signedDecimalTextSchema,
    totalWithdrawn: signedDecimalTextSchema,
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .describe('What a user has of one currency or asset.');

/** A balance as an edge answers it. */
export type BalanceResponse = z.output<typeof balanceResponseSchema>;

/** The answer that shows a balance; each amount has exactly `scale` decimals. */
export function toBalanceResponse(balance: Balance): BalanceResponse {
  const { owner, code, scale, status, version, createdAt, updatedAt } = balance;

  return {
    username: owner,
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

/** The shape of all balances of a user in an answer. */
export const balanceListResponseSchema = listResponseSchema(balanceResponseSchema);

/** All balances of a user as an edge answers them; there is one page. */
export type BalanceListResponse = z.output<typeof balanceListResponseSchema>;

/** The answer that shows all balances of a user. */
export const toBalanceListResponse = (balances: readonly Balance[]): BalanceListResponse => ({
  items: balances.map(toBalanceResponse),
});
