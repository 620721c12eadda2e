import type { WriteAction } from '@cnop/database-core';
import {
  adjustmentPostings,
  depositPostings,
  withdrawalPostings,
  type BalanceTransaction,
  type BalanceTransactionCreate,
} from '@cnop/entities-ledger';
import { currencyScale } from '@cnop/validation';
import { creditAction, debitAction } from './balance-actions.ts';
import { ownerChecks, type LedgerContext } from './ledger-table.ts';

/** A deposit, withdrawal or adjustment that has been read and given its ids: all that one call writes follows from it. */
export interface MoneyMovement {
  readonly create: BalanceTransactionCreate;
  readonly scale: number;
  readonly entry: BalanceTransaction;
  readonly writeId: string;
}

const postingsOf = {
  DEPOSIT: depositPostings,
  WITHDRAW: withdrawalPostings,
  SYSTEM_ADJUSTMENT: adjustmentPostings,
};

/** Draws the ids and the time of a movement and makes its journal entry. */
export function prepareMovement({ database }: LedgerContext, create: BalanceTransactionCreate): MoneyMovement {
  const { owner, transactionType, code, amountMinor, description, idempotencyKey, actor } = create;
  const { scale = currencyScale(code) } = create;
  const at = database.clock.now().toISOString();

  return {
    create,
    scale,
    writeId: database.ids.ulid(),
    entry: {
      transactionId: database.ids.ulid(),
      owner,
      transactionType,
      status: create.pending ? 'PENDING' : 'COMPLETED',
      postings: postingsOf[transactionType]({ code, amountMinor, scale }),
      ...(description !== undefined && { description }),
      ...(actor !== undefined && { actor }),
      ...(idempotencyKey !== undefined && { idempotencyKey }),
      createdAt: at,
      updatedAt: at,
    },
  };
}

/** What goes with the entry. A credit checks its owner; a debit needs the balance, which only a checked owner has. */
export function movementActions(context: LedgerContext, { create, scale, entry }: MoneyMovement): WriteAction[] {
  const { owner, code, transactionType } = create;
  const signedMinor = transactionType === 'WITHDRAW' ? -create.amountMinor : create.amountMinor;
  const move = { owner, code, scale, at: entry.createdAt, external: transactionType !== 'SYSTEM_ADJUSTMENT' };

  if (entry.status === 'PENDING') return ownerChecks(context, owner);
  return signedMinor < 0n
    ? [debitAction(context.table, { ...move, amountMinor: -signedMinor })]
    : [creditAction(context.table, { ...move, amountMinor: signedMinor }), ...ownerChecks(context, owner)];
}
