import { balanceCodeSchema, idempotencyKeySchema, isCurrencyCode, ownerSchema, remarkFields } from '@cnop/validation';
import * as z from 'zod';
import { type AmountInput, amountInputFields, amountInputProblems } from './amount-input.ts';
import { isScaleOf, scaleSchema } from './amount.ts';
import type { BalanceTransaction } from './balance-transaction.ts';
import { descriptionSchema } from './description.ts';
import type { Posting } from './postings.ts';

const fields = z.strictObject({
  /** Who gives. */
  from: ownerSchema,
  /** Who receives. */
  to: ownerSchema,
  code: balanceCodeSchema,
  ...amountInputFields,
  /** Needed for an asset; a currency's scale is that of ISO 4217. */
  scale: scaleSchema.optional(),
  /** On both entries. */
  description: descriptionSchema.optional(),
  /** Note and metadata are on the entry of who gives alone. */
  ...remarkFields,
  idempotencyKey: idempotencyKeySchema.optional(),
  /** Who asks; who gives unless named. The idempotency key is the actor's. */
  actor: ownerSchema.optional(),
});

type Fields = z.output<typeof fields>;

/** Accepts a transfer: a positive amount of a currency or an asset, from one owner to another. */
export const transferCreateSchema = fields.superRefine((create, context) => {
  for (const { path, message } of problemsOf(create)) context.addIssue({ code: 'custom', path: [path], message });
});

/** What it takes to move an amount from one owner to another. */
export type TransferCreate = Omit<Fields, keyof typeof amountInputFields> & AmountInput;

function problemsOf(create: Fields): { path: keyof Fields; message: string }[] {
  const { from, to, code, scale } = create;

  return [
    ...(from === to ? [{ path: 'to' as const, message: 'A transfer is between two owners.' }] : []),
    ...amountInputProblems(create, { signed: false }),
    ...(scale === undefined && !isCurrencyCode(code)
      ? [{ path: 'scale' as const, message: 'An asset needs its scale.' }]
      : []),
    ...(scale !== undefined && !isScaleOf(code, scale)
      ? [{ path: 'scale' as const, message: 'The scale of a currency is that of ISO 4217.' }]
      : []),
  ];
}

/** A journal entry that names who is on the other side. */
export type TransferEntry = BalanceTransaction & { readonly counterparty: string };

/**
 * The entry of who receives, from that of who gives, or the other way: the same id, time, status, description and actor, the opposite
 * postings, and the owners swapped. Note, metadata and idempotency key stay with the entry that was asked for. Pure.
 */
export function mirrorOf(entry: TransferEntry): TransferEntry {
  const { transactionId, owner, transactionType, status, postings, counterparty, description, actor } = entry;

  return {
    transactionId,
    owner: counterparty,
    transactionType,
    status,
    postings: postings.map((posting) => ({ ...posting, amountMinor: -posting.amountMinor })),
    counterparty: owner,
    ...(description !== undefined && { description }),
    ...(actor !== undefined && { actor }),
    createdAt: entry.createdAt,
    updatedAt: entry.updatedAt,
  };
}

/** What keeps an entry from being the mirror of a transfer, as one sentence; `undefined` when it is the mirror. Pure. */
export function mirrorProblem(entry: TransferEntry, other: BalanceTransaction): string | undefined {
  const { transactionType, status, postings, counterparty, description, actor, createdAt } = mirrorOf(entry);

  if (other.transactionType !== transactionType) return `It is a ${other.transactionType}.`;
  if (other.status !== status) return `It is ${other.status}, not ${status}.`;
  if (other.counterparty !== counterparty) return 'It names another counterparty.';
  if (other.createdAt !== createdAt) return `It is of ${other.createdAt}, not of ${createdAt}.`;
  if (other.description !== description) return 'It has another description.';
  if (other.actor !== actor) return 'It names another actor.';

  const [expected, found] = [textOf(postings), textOf(other.postings)];
  return expected === found ? undefined : `It moves ${found}, not ${expected}.`;
}

const textOf = (postings: readonly Posting[]): string =>
  postings
    .map(({ code, bucket, amountMinor, scale }) => `${amountMinor.toString()}e-${scale} ${code} ${bucket}`)
    .join(', ');
