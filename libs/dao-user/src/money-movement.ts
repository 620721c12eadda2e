import type { TransactionAction } from '@cnop/database-core';
import {
  adjustmentPostings,
  depositPostings,
  withdrawalPostings,
  type BalanceTransaction,
  type BalanceTransactionCreate,
} from '@cnop/entities-user';
import { currencyScale } from '@cnop/validation';
import { creditAction, debitAction } from './balance-actions.ts';
import { userPresentAction } from './user-present-action.ts';
import type { UsersContext, UsersTable } from './users-table.ts';

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
export function prepareMovement({ database }: UsersContext, create: BalanceTransactionCreate): MoneyMovement {
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

/** What goes with the entry. A credit needs its user to exist; a debit needs the balance, which only an existing user has. */
export function movementActions(table: UsersTable, { create, scale, entry }: MoneyMovement): TransactionAction[] {
  const { owner, code, transactionType } = create;
  const signedMinor = transactionType === 'WITHDRAW' ? -create.amountMinor : create.amountMinor;
  const move = { owner, code, scale, at: entry.createdAt, external: transactionType !== 'SYSTEM_ADJUSTMENT' };

  if (entry.status === 'PENDING') return [userPresentAction(table, owner)];
  return signedMinor < 0n
    ? [debitAction(table, { ...move, amountMinor: -signedMinor })]
    : [creditAction(table, { ...move, amountMinor: signedMinor }), userPresentAction(table, owner)];
}
