import { balanceStatusSchema } from '@cnop/entities-ledger';
import { balanceCodeSchema, currencyScale, isCurrencyCode, ownerSchema } from '@cnop/validation';
import { z } from 'zod';

/** Accepts what names one balance. */
export const balanceNameSchema = z.strictObject({ owner: ownerSchema, code: balanceCodeSchema });

/** Accepts what makes an empty balance. */
export const balanceCreateSchema = balanceNameSchema
  .extend({
    /** Needed for an asset; a currency's scale is that of ISO 4217. */
    scale: z.int().min(0).max(18).optional(),
  })
  .refine(({ code, scale }) => scale !== undefined || isCurrencyCode(code), {
    path: ['scale'],
    error: 'An asset needs its scale.',
  })
  .refine(({ code, scale }) => scale === undefined || !isCurrencyCode(code) || scale === currencyScale(code), {
    path: ['scale'],
    error: 'The scale of a currency is that of ISO 4217.',
  });

/** What makes an empty balance. */
export type BalanceCreate = z.input<typeof balanceCreateSchema>;

/** Accepts what freezes a balance or makes it active again. */
export const balanceStatusChangeSchema = balanceNameSchema.extend({ status: balanceStatusSchema });

/** What freezes a balance or makes it active again; touches no money. */
export type BalanceStatusChange = z.input<typeof balanceStatusChangeSchema>;
