import {
  executeWrite,
  readGuard,
  readItem,
  type RawItem,
  type WriteAction,
  type WriteGuard,
} from '@cnop/database-core';
import type { BalanceTransaction, BalanceTransactionCreate } from '@cnop/entities-ledger';
import { fromClaimItem, fromTransactionItem, transactionKey } from '@cnop/entities-ledger/table';
import type { DomainError } from '@cnop/exceptions';
import { currencyErrors } from '@cnop/validation';
import { putTransactionAction } from './balance-actions.ts';
import type { LedgerContext } from './ledger-table.ts';
import { movementActions, movementGuard, prepareMovement } from './money-movement.ts';

/** A journal entry, and whether it had been made before, by an earlier request with the same idempotency key. */
export interface TransactionResult {
  readonly transaction: BalanceTransaction;
  readonly replayed: boolean;
}

/** Makes a deposit, withdrawal or adjustment, in one write. A repeat under its key gives the entry as it is now. */
export async function createTransaction(
  context: LedgerContext,
  create: BalanceTransactionCreate,
): Promise<TransactionResult> {
  const movement = prepareMovement(context, create);
  const guard = movementGuard(context, movement);

  const refusal = currencyRefusal(context, create);
  if (refusal) return await replayOrRefuse(context, guard, refusal);

  return await writeEntry(context, {
    operation: 'createTransaction',
    entry: movement.entry,
    guard,
    actions: movementActions(context, movement),
  });
}

/** One write of a journal entry, with all that goes with it. */
export interface EntryWrite {
  readonly operation: string;
  readonly entry: BalanceTransaction;
  /** The entry itself, or the claim of the key under which it is asked for. */
  readonly guard: WriteGuard;
  readonly actions: readonly WriteAction[];
}

/** Writes an entry at most once; a repeat under its key gives the entry as it is now. */
export async function writeEntry(
  context: LedgerContext,
  { operation, entry, guard, actions }: EntryWrite,
): Promise<TransactionResult> {
  const { replayed, item } = await executeWrite(context.database, {
    operation,
    reference: { owner: entry.owner, transactionId: entry.transactionId },
    guard,
    actions: [...(guard.clientNamed ? [putTransactionAction(context.table, entry, guard.writeId)] : []), ...actions],
  });

  if (!replayed || !item) return { transaction: entry, replayed: false };
  return guard.clientNamed ? await replay(context, item) : { transaction: fromTransactionItem(item), replayed: false };
}

function currencyRefusal({ currencies }: LedgerContext, { transactionType, code }: BalanceTransactionCreate) {
  return transactionType === 'SYSTEM_ADJUSTMENT' || currencies.has(code)
    ? undefined
    : new currencyErrors.CurrencyNotRegisteredError({ code });
}

/** What would be refused before it is sent may have been done before, under the same key: then that is the result. */
async function replayOrRefuse(
  context: LedgerContext,
  guard: WriteGuard,
  refusal: DomainError,
): Promise<TransactionResult> {
  const item = guard.clientNamed ? await readGuard(context.database, guard.write) : undefined;
  if (!item) throw refusal;

  const claimed = guard.onConditionFailed(item, false);
  if (claimed) throw claimed;
  return await replay(context, item);
}

/** The entry that an earlier request with the claimed key made, as it now stands. */
async function replay({ database, table }: LedgerContext, claimItem: RawItem): Promise<TransactionResult> {
  const { owner, transactionId } = fromClaimItem(claimItem);
  const key = transactionKey(owner, transactionId);
  const item = await readItem(database, { tableName: table.tableName, key });
  if (!item) throw new Error('A claim names a journal entry that does not exist.');

  return { transaction: fromTransactionItem(item), replayed: true };
}
