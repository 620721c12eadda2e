import { namesAField } from '@cnop/validation';
import { z } from 'zod';
import { balanceStatusSchema } from './balance-status.ts';

/** Accepts a change of a balance that touches no money. At least one field has to be named. */
export const balanceUpdateSchema = z
  .strictObject({ status: balanceStatusSchema.optional() })
  .refine(namesAField, 'At least one field must be given.');

/** A validated change of a balance: freeze it, or lift the freeze. */
export type BalanceUpdate = z.output<typeof balanceUpdateSchema>;
