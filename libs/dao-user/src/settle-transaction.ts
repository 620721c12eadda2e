import { executeWrite, readItem, type RawItem, type TransactionAction, type WriteGuard } from '@cnop/database-core';
import type { BalanceTransaction } from '@cnop/entities-user';
import { fromTransactionItem, transactionKey } from '@cnop/entities-user/table';
import { TransactionNotFoundError, TransactionNotPendingError, type DomainError } from '@cnop/exceptions';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { creditAction } from './balance-actions.ts';
import type { LedgerContext, TransactionResult } from './create-transaction.ts';
import type { TransactionStatusChange } from './transaction-inputs.ts';

/** Moves a pending deposit to its final status, once; see `BalanceDao.updateTransactionStatus`. */
export async function settleTransaction(
  context: LedgerContext,
  change: TransactionStatusChange,
): Promise<TransactionResult> {
  const { username, transactionId, status } = change;
  const address = { tableName: context.table.tableName, key: { ...transactionKey(username, transactionId) } };
  const stored = await readItem(context.database, address);
  if (!stored) throw new TransactionNotFoundError({ transactionId });

  const entry = fromTransactionItem(stored);
  const updatedAt = context.database.clock.now().toISOString();
  const outcome = await executeWrite(context.database, {
    operation: 'updateTransactionStatus',
    reference: { username, transactionId },
    guard: statusGuard(context, change, updatedAt),
    actions: status === 'COMPLETED' ? creditActions(context, entry, updatedAt) : [],
  });

  return outcome.item
    ? { transaction: fromTransactionItem(outcome.item), replayed: outcome.replayed }
    : { transaction: { ...entry, status, updatedAt }, replayed: outcome.replayed };
}

function statusGuard(
  { table, database }: LedgerContext,
  { username, transactionId, status }: TransactionStatusChange,
  updatedAt: string,
): WriteGuard {
  const writeId = database.ids.ulid();
  const { Update } = table.transaction
    .build(UpdateTransaction)
    .item({ ...transactionKey(username, transactionId), status, updatedAt, writeId })
    .options({ condition: { attr: 'status', eq: 'PENDING' } })
    .params();

  return {
    write: { Update },
    writeId,
    onConditionFailed: (oldItem) => statusRefusal(transactionId, status, oldItem),
  };
}

/** The status it already has is a replay; another final status never changes again. */
function statusRefusal(transactionId: string, status: string, oldItem: RawItem | undefined): DomainError | undefined {
  if (!oldItem) return new TransactionNotFoundError({ transactionId });

  const entry = fromTransactionItem(oldItem);
  return entry.status === status ? undefined : new TransactionNotPendingError({ transactionId, status: entry.status });
}

function creditActions({ table }: LedgerContext, entry: BalanceTransaction, at: string): TransactionAction[] {
  return entry.postings.map(({ code, amountMinor, scale }) =>
    creditAction(table, { username: entry.username, code, amountMinor, scale, at, external: true }),
  );
}
