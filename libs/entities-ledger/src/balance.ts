import { balanceCodeSchema, timestampSchema, ownerSchema } from '@cnop/validation';
import { z } from 'zod';
import { minorSchema, scaleSchema } from './amount.ts';
import { balanceStatusSchema } from './balance-status.ts';

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
