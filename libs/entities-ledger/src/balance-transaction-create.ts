import { balanceCodeSchema, idempotencyKeySchema, isCurrencyCode, ownerSchema } from '@cnop/validation';
import * as z from 'zod';
import { isScaleOf, scaleSchema, signedMinorSchema } from './amount.ts';
import { descriptionSchema } from './description.ts';
import { TransactionType } from './transaction-status.ts';

const fields = z.strictObject({
  owner: ownerSchema,
  /** The types that may be made by themselves; all others belong to an order. */
  transactionType: z.enum([TransactionType.DEPOSIT, TransactionType.WITHDRAW, TransactionType.SYSTEM_ADJUSTMENT]),
  code: balanceCodeSchema,
  /** Minor units; positive, save for an adjustment, where a negative amount is a debit. */
  amountMinor: signedMinorSchema.refine((minor) => minor !== 0n, 'An amount is never zero.'),
  /** Needed for an asset; a currency's scale is that of ISO 4217. */
  scale: scaleSchema.optional(),
  /** A deposit that waits to be settled, and moves nothing until then. */
  pending: z.boolean().optional(),
  description: descriptionSchema.optional(),
  idempotencyKey: idempotencyKeySchema.optional(),
  /** Who asks; the user unless given. The idempotency key is the actor's. */
  actor: ownerSchema.optional(),
});

type Fields = z.output<typeof fields>;

/**
 * Accepts a deposit, a withdrawal or an adjustment.
 *
 * Users deposit and withdraw currencies only; assets enter by a trade or by an adjustment.
 */
export const balanceTransactionCreateSchema = fields.superRefine((create, context) => {
  for (const { path, message } of problemsOf(create)) {
    context.addIssue({ code: 'custom', path: [path], message });
  }
});

/** What it takes to make a journal entry that belongs to no order. */
export type BalanceTransactionCreate = z.output<typeof fields>;

function problemsOf(create: Fields): { path: keyof Fields; message: string }[] {
  return [...amountProblems(create), ...codeProblems(create), ...scaleProblems(create)];
}

function amountProblems({ transactionType, amountMinor, pending }: Fields) {
  const problems: { path: keyof Fields; message: string }[] = [];

  if (amountMinor < 0n && transactionType !== TransactionType.SYSTEM_ADJUSTMENT) {
    problems.push({ path: 'amountMinor', message: 'Only an adjustment may be negative.' });
  }
  if (pending === true && transactionType !== TransactionType.DEPOSIT) {
    problems.push({ path: 'pending', message: 'Only a deposit can be pending.' });
  }
  return problems;
}

function codeProblems({ transactionType, code }: Fields) {
  return transactionType !== TransactionType.SYSTEM_ADJUSTMENT && !isCurrencyCode(code)
    ? [{ path: 'code' as const, message: 'Users deposit and withdraw currencies only.' }]
    : [];
}

function scaleProblems({ code, scale }: Fields) {
  if (!isCurrencyCode(code)) {
    return scale === undefined ? [{ path: 'scale' as const, message: 'An asset needs its scale.' }] : [];
  }
  return scale !== undefined && !isScaleOf(code, scale)
    ? [{ path: 'scale' as const, message: 'The scale of a currency is that of ISO 4217.' }]
    : [];
}
