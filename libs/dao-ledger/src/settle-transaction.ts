import { executeWrite, readItem, type RawItem, type WriteAction, type WriteGuard } from '@cnop/database-core';
import { ledgerErrors, transactionStatusSchema, type BalanceTransaction } from '@cnop/entities-ledger';
import { fromTransactionItem, transactionKey } from '@cnop/entities-ledger/table';
import type { DomainError } from '@cnop/exceptions';
import { ownerSchema, transactionIdSchema } from '@cnop/validation';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import * as z from 'zod';
import { creditAction } from './balance-actions.ts';
import type { TransactionResult } from './create-transaction.ts';
import { ledgerEntities } from './ledger-entities.ts';
import { ownerChecks, type LedgerContext } from './ledger-table.ts';
import { timeOfSettling, wasSettled } from './settled.ts';

/** Accepts what names one journal entry. */
export const transactionNameSchema = z.strictObject({ owner: ownerSchema, transactionId: transactionIdSchema });

/** Accepts what names some journal entries of one owner. */
export const transactionNamesSchema = z.strictObject({
  owner: ownerSchema,
  transactionIds: z.array(transactionIdSchema),
});

/** Accepts what settles, fails or cancels a pending deposit. */
export const transactionStatusChangeSchema = transactionNameSchema.extend({
  status: transactionStatusSchema.exclude(['PENDING']),
});

/** What settles, fails or cancels a pending deposit. */
export type TransactionStatusChange = z.output<typeof transactionStatusChangeSchema>;

/** Moves a pending deposit to its final status, once. */
export async function settleTransaction(
  context: LedgerContext,
  change: TransactionStatusChange,
): Promise<TransactionResult> {
  const { owner, transactionId, status } = change;
  const address = { tableName: context.table.tableName, key: transactionKey(owner, transactionId) };
  const stored = await readItem(context.database, address);
  if (!stored) throw new ledgerErrors.TransactionNotFoundError({ transactionId });

  const entry = fromTransactionItem(stored);
  if (entry.status !== 'PENDING') return repeatOrRefuse(change, entry);

  const updatedAt = timeOfSettling(context.database.clock, entry);
  const { replayed, item } = await executeWrite(context.database, {
    operation: 'updateTransactionStatus',
    reference: { owner, transactionId },
    guard: statusGuard(context, change, updatedAt),
    actions: status === 'COMPLETED' ? creditActions(context, entry, updatedAt) : [],
  });

  return { transaction: item ? fromTransactionItem(item) : { ...entry, status, updatedAt }, replayed };
}

/**
 * A final status never changes again: the one that is asked for makes a repeat, another one a refusal. So does an entry that was never
 * pending, whatever its status: the caller means another one.
 */
function repeatOrRefuse({ status }: TransactionStatusChange, entry: BalanceTransaction): TransactionResult {
  const refusal = statusRefusal(status, entry);
  if (refusal) throw refusal;

  return { transaction: entry, replayed: true };
}

function statusRefusal(status: string, entry: BalanceTransaction): DomainError | undefined {
  const { transactionId } = entry;

  return entry.status === status && wasSettled(entry)
    ? undefined
    : new ledgerErrors.TransactionNotPendingError({ transactionId, status: entry.status });
}

function statusGuard(
  { database }: LedgerContext,
  { owner, transactionId, status }: TransactionStatusChange,
  updatedAt: string,
): WriteGuard {
  const writeId = database.ids.ulid();
  const { Update } = ledgerEntities(database)
    .transaction.build(UpdateTransaction)
    .item({ ...transactionKey(owner, transactionId), status, updatedAt, writeId })
    .options({ condition: { attr: 'status', eq: 'PENDING' } })
    .params();

  return { write: { Update }, writeId, onConditionFailed: (oldItem) => statusRefusal(status, entryIn(oldItem)) };
}

function entryIn(item: RawItem | undefined): BalanceTransaction {
  if (!item) throw new Error('A journal entry has vanished.');

  return fromTransactionItem(item);
}

/** A deposit that completes checks its owner as one that is made at once does. */
function creditActions(context: LedgerContext, entry: BalanceTransaction, at: string): WriteAction[] {
  const { owner, postings } = entry;

  return [
    ...postings.map(({ code, amountMinor, scale }) =>
      creditAction(context.table, { owner, code, amountMinor, scale, at, external: true }),
    ),
    ...ownerChecks(context, owner),
  ];
}
