import type { WriteAction, WriteGuard } from '@cnop/database-core';
import {
  adjustmentPostings,
  depositPostings,
  minorOf,
  withdrawalPostings,
  type BalanceTransaction,
  type BalanceTransactionCreate,
} from '@cnop/entities-ledger';
import { requestHash } from '@cnop/utils';
import { currencyScale, remarksOf } from '@cnop/validation';
import { creditAction, debitAction } from './balance-actions.ts';
import { claimedBy, claimGuard, entryGuard } from './entry-guards.ts';
import { ownerChecks, type LedgerContext } from './ledger-table.ts';

/** A deposit, withdrawal or adjustment that has been read and given its ids: all that one call writes follows from it. */
export interface MoneyMovement {
  readonly create: BalanceTransactionCreate;
  readonly scale: number;
  /** Signed as the request has it: positive, but for an adjustment that takes. */
  readonly amountMinor: bigint;
  readonly entry: BalanceTransaction;
  readonly writeId: string;
}

const postingsOf = {
  DEPOSIT: depositPostings,
  WITHDRAW: withdrawalPostings,
  SYSTEM_ADJUSTMENT: adjustmentPostings,
};

/**
 * Draws the ids and the time of a movement and makes its journal entry.
 *
 * @throws {@link sharedErrors.InvalidAmountError} when the amount does not fit the scale.
 */
export function prepareMovement({ database }: LedgerContext, create: BalanceTransactionCreate): MoneyMovement {
  const { owner, transactionType, code } = create;
  const { scale = currencyScale(code) } = create;
  const amountMinor = minorOf(create, scale);
  const at = database.clock.now().toISOString();

  return {
    create,
    scale,
    amountMinor,
    writeId: database.ids.ulid(),
    entry: {
      transactionId: database.ids.ulid(),
      owner,
      transactionType,
      status: create.pending ? 'PENDING' : 'COMPLETED',
      postings: postingsOf[transactionType]({ code, amountMinor, scale }),
      ...wordsOf(create),
      createdAt: at,
      updatedAt: at,
    },
  };
}

/** What a request says of itself, as it is kept on its entry. What it leaves out is absent. */
export const wordsOf = (
  create: Pick<BalanceTransactionCreate, 'description' | 'note' | 'metadata' | 'actor' | 'idempotencyKey'>,
) => {
  const { description, actor, idempotencyKey } = create;

  return {
    ...(description !== undefined && { description }),
    ...remarksOf(create),
    ...(actor !== undefined && { actor }),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  };
};

/** What goes with the entry. A credit checks its owner; a debit needs the balance, which only a checked owner has. */
export function movementActions(
  context: LedgerContext,
  { create, scale, amountMinor, entry }: MoneyMovement,
): WriteAction[] {
  const { owner, code, transactionType } = create;
  const signedMinor = transactionType === 'WITHDRAW' ? -amountMinor : amountMinor;
  const move = { owner, code, scale, at: entry.createdAt, external: transactionType !== 'SYSTEM_ADJUSTMENT' };

  if (entry.status === 'PENDING') return ownerChecks(context, owner);
  return signedMinor < 0n
    ? [debitAction(context.table, { ...move, amountMinor: -signedMinor })]
    : [creditAction(context.table, { ...move, amountMinor: signedMinor }), ...ownerChecks(context, owner)];
}

/** What every write of this movement is guarded by: under an idempotency key its claim, without one its entry. */
export function movementGuard(context: LedgerContext, movement: MoneyMovement): WriteGuard {
  const { create, scale, amountMinor, entry, writeId } = movement;
  const { owner, transactionType, code, description, note, metadata, idempotencyKey, actor = owner } = create;
  if (idempotencyKey === undefined) return entryGuard(context, entry, writeId);

  // Whether a deposit waits for its settlement is up to the deployment, which may decide otherwise before a repeat comes: all are
  // hashed as one that does not wait.
  const body = { owner, transactionType, code, amountMinor, scale, pending: false, description, note, metadata };
  return claimGuard(
    context,
    { owner, actor, key: idempotencyKey, requestHash: requestHash('createTransaction', body), ...claimedBy(entry) },
    writeId,
  );
}
