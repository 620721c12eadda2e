import type { WriteAction } from '@cnop/database-core';
import { minorOf, mirrorOf, type TransferCreate, type TransferEntry, withdrawalPostings } from '@cnop/entities-ledger';
import { requestHash } from '@cnop/utils';
import { currencyScale } from '@cnop/validation';
import { creditAction, debitAction, putTransactionAction } from './balance-actions.ts';
import { type TransactionResult, writeEntry } from './create-transaction.ts';
import { claimedBy, claimGuard, entryGuard } from './entry-guards.ts';
import { ownerChecks, type LedgerContext } from './ledger-table.ts';
import { wordsOf } from './money-movement.ts';

/** Moves an amount from one owner to another, in one write with an entry on each side. A repeat under its key gives the entry. */
export async function transfer(context: LedgerContext, create: TransferCreate): Promise<TransactionResult> {
  const { database } = context;
  const { from, to, code, description, note, metadata, idempotencyKey, actor } = create;
  const { scale = currencyScale(code) } = create;
  const amountMinor = minorOf(create, scale);
  const at = database.clock.now().toISOString();
  const writeId = database.ids.ulid();
  const entry: TransferEntry = {
    transactionId: database.ids.ulid(),
    owner: from,
    transactionType: 'TRANSFER',
    status: 'COMPLETED',
    postings: withdrawalPostings({ code, amountMinor, scale }),
    counterparty: to,
    ...wordsOf(create),
    createdAt: at,
    updatedAt: at,
  };
  const body = { from, to, code, amountMinor, scale, description, note, metadata };
  const guard =
    idempotencyKey === undefined
      ? entryGuard(context, entry, writeId)
      : claimGuard(
          context,
          {
            owner: from,
            actor: actor ?? from,
            key: idempotencyKey,
            requestHash: requestHash('transfer', body),
            ...claimedBy(entry),
          },
          writeId,
        );

  return await writeEntry(context, {
    operation: 'transfer',
    entry,
    guard,
    actions: transferActions(context, entry, { code, amountMinor, scale }),
  });
}

/** The receiver is one who passes the check of owners; where there is none, one who has a balance of that code already. */
function transferActions(
  context: LedgerContext,
  entry: TransferEntry,
  amount: { readonly code: string; readonly amountMinor: bigint; readonly scale: number },
): WriteAction[] {
  const { table, database, ownerCheck } = context;
  const { owner, counterparty, createdAt: at } = entry;

  return [
    putTransactionAction(table, mirrorOf(entry), database.ids.ulid()),
    debitAction(table, { ...amount, owner, at }),
    creditAction(table, { ...amount, owner: counterparty, at }, { onlyExisting: ownerCheck === undefined }),
    ...ownerChecks(context, counterparty),
  ];
}
