import { formatDecimal } from '@cnop/utils';
import {
  balanceCodeSchema,
  listResponseSchema,
  namesAField,
  ownerSchema,
  signedDecimalTextSchema,
  timestampSchema,
} from '@cnop/validation';
import * as z from 'zod';
import { minorSchema, scaleSchema } from './amount.ts';

/** Whether a balance may be debited. A `FROZEN` one still takes credits. */
export const BalanceStatus = {
  ACTIVE: 'ACTIVE',
  FROZEN: 'FROZEN',
} as const;

/** One of the {@link BalanceStatus} values. */
export type BalanceStatus = (typeof BalanceStatus)[keyof typeof BalanceStatus];

/** Accepts exactly the {@link BalanceStatus} values. */
export const balanceStatusSchema = z.enum(BalanceStatus);

/** Accepts a balance as the domain knows it: nothing below zero. */
export const balanceSchema = z.strictObject({
  owner: ownerSchema,
  /** An ISO 4217 currency code or an asset id; the two never overlap. */
  code: balanceCodeSchema,
  scale: scaleSchema,
  /** Free to spend, in minor units. */
  availableMinor: minorSchema,
  /** Reserved for open orders, in minor units. */
  heldMinor: minorSchema,
  /** Sum of all completed deposits, in minor units. */
  totalDepositedMinor: minorSchema,
  /** Sum of all completed withdrawals, in minor units. */
  totalWithdrawnMinor: minorSchema,
  /** How many open orders hold some of it. */
  openOrders: z.int().min(0),
  status: balanceStatusSchema,
  /** Counts every write to the balance, from 1. */
  version: z.int().min(1),
  /** ISO 8601 UTC. */
  createdAt: timestampSchema,
  /** ISO 8601 UTC. */
  updatedAt: timestampSchema,
});

/** What one user has of one currency or asset. */
export type Balance = z.output<typeof balanceSchema>;

/** Accepts a change of a balance that touches no money. At least one field has to be named. */
export const balanceUpdateSchema = z
  .strictObject({ status: balanceStatusSchema.optional() })
  .refine(namesAField, 'At least one field must be given.');

/** A validated change of a balance: freeze it, or lift the freeze. */
export type BalanceUpdate = z.output<typeof balanceUpdateSchema>;

/** The shape of a balance in an answer over an edge: amounts as decimal text. */
export const balanceResponseSchema = balanceSchema
  .pick({ code: true, scale: true, openOrders: true, status: true, version: true })
  .extend({
    username: ownerSchema,
    available: signedDecimalTextSchema,
    held: signedDecimalTextSchema,
    totalDeposited: signedDecimalTextSchema,
    totalWithdrawn: signedDecimalTextSchema,
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .describe('What a user has of one currency or asset.')
  .meta({ title: 'Balance' });

/** A balance as an edge answers it. */
export type BalanceResponse = z.output<typeof balanceResponseSchema>;

/** The answer that shows a balance; each amount has exactly `scale` decimals. */
export function toBalanceResponse(balance: Balance): BalanceResponse {
  const { owner, code, scale, openOrders, status, version, createdAt, updatedAt } = balance;

  return {
    username: owner,
    code,
    scale,
    available: formatDecimal(balance.availableMinor, scale),
    held: formatDecimal(balance.heldMinor, scale),
    totalDeposited: formatDecimal(balance.totalDepositedMinor, scale),
    totalWithdrawn: formatDecimal(balance.totalWithdrawnMinor, scale),
    openOrders,
    status,
    version,
    createdAt,
    updatedAt,
  };
}

/** The shape of all balances of a user in an answer. */
export const balanceListResponseSchema = listResponseSchema(balanceResponseSchema).meta({ title: 'BalanceList' });

/** All balances of a user as an edge answers them; there is one page. */
export type BalanceListResponse = z.output<typeof balanceListResponseSchema>;

/** The answer that shows all balances of a user. */
export const toBalanceListResponse = (balances: readonly Balance[]): BalanceListResponse => ({
  items: balances.map(toBalanceResponse),
});
