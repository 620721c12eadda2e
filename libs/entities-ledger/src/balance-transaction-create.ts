import { balanceCodeSchema, idempotencyKeySchema, isCurrencyCode, ownerSchema, remarkFields } from '@cnop/validation';
import * as z from 'zod';
import { type AmountInput, amountInputFields, amountInputProblems } from './amount-input.ts';
import { isScaleOf, scaleSchema } from './amount.ts';
import { descriptionSchema } from './description.ts';
import { TransactionType } from './transaction-status.ts';

const fields = z.strictObject({
  owner: ownerSchema,
  /** The types that may be made by themselves; all others belong to an order. */
  transactionType: z.enum([TransactionType.DEPOSIT, TransactionType.WITHDRAW, TransactionType.SYSTEM_ADJUSTMENT]),
  code: balanceCodeSchema,
  ...amountInputFields,
  /** Needed for an asset; a currency's scale is that of ISO 4217. */
  scale: scaleSchema.optional(),
  /** A deposit that waits to be settled, and moves nothing until then. */
  pending: z.boolean().optional(),
  description: descriptionSchema.optional(),
  ...remarkFields,
  idempotencyKey: idempotencyKeySchema.optional(),
  /** Who asks; the user unless given. The idempotency key is the actor's. */
  actor: ownerSchema.optional(),
});

type Fields = z.output<typeof fields>;

/**
 * Accepts a deposit, a withdrawal or an adjustment.
 *
 * The amount is decimal text (`amount`) or minor units (`amountMinor`), exactly one of them; positive, save for an adjustment, where
 * a negative amount is a debit. Users deposit and withdraw currencies only; assets enter by a trade or by an adjustment.
 */
export const balanceTransactionCreateSchema = fields.superRefine((create, context) => {
  for (const { path, message } of problemsOf(create)) {
    context.addIssue({ code: 'custom', path: [path], message });
  }
});

/** What it takes to make a journal entry that belongs to no order. */
export type BalanceTransactionCreate = Omit<Fields, keyof typeof amountInputFields> & AmountInput;

function problemsOf(create: Fields): { path: keyof Fields; message: string }[] {
  const signed = create.transactionType === TransactionType.SYSTEM_ADJUSTMENT;

  return [
    ...amountInputProblems(create, { signed }),
    ...pendingProblems(create),
    ...codeProblems(create),
    ...scaleProblems(create),
  ];
}

function pendingProblems({ transactionType, pending }: Fields) {
  return pending === true && transactionType !== TransactionType.DEPOSIT
    ? [{ path: 'pending' as const, message: 'Only a deposit can be pending.' }]
    : [];
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
