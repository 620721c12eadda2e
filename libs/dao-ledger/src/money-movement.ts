import { putIfAbsent, type RawItem, type WriteAction, type WriteGuard } from '@cnop/database-core';
import {
  adjustmentPostings,
  depositPostings,
  minorOf,
  withdrawalPostings,
  type BalanceTransaction,
  type BalanceTransactionCreate,
} from '@cnop/entities-ledger';
import { fromClaimItem, toClaimItem, type Claim } from '@cnop/entities-ledger/table';
import { deserializeError, type DomainError, serializeError, sharedErrors } from '@cnop/exceptions';
import { requestHash } from '@cnop/utils';
import { currencyScale, remarksOf } from '@cnop/validation';
import { creditAction, debitAction, putTransactionAction } from './balance-actions.ts';
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
  const { owner, transactionType, code, description, idempotencyKey, actor } = create;
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
      ...(description !== undefined && { description }),
      ...remarksOf(create),
      ...(actor !== undefined && { actor }),
      ...(idempotencyKey !== undefined && { idempotencyKey }),
      createdAt: at,
      updatedAt: at,
    },
  };
}

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

/**
 * The guard of a movement without an idempotency key: the entry itself. Its fence is the same entry, FAILED, which moves nothing.
 *
 * The id is this call's own, so an entry under it is this call's success, even where settling has replaced the `writeId` since.
 */
export function entryGuard({ table, database }: LedgerContext, { entry, writeId }: MoneyMovement): WriteGuard {
  return {
    write: putTransactionAction(table, entry, writeId).write,
    writeId,
    onConditionFailed: () => undefined,
    fence: () => {
      const fenceId = database.ids.ulid();
      return { write: putTransactionAction(table, { ...entry, status: 'FAILED' }, fenceId).write, writeId: fenceId };
    },
  };
}

/**
 * The guard of a movement with an idempotency key: the claim, which says for which request the key stands and which entry it made.
 * Its fence is the same claim, REFUSED, with the refusal that every repeat is answered with.
 */
export function claimGuard(
  { table: { tableName }, database }: LedgerContext,
  { create, scale, amountMinor, entry, writeId }: MoneyMovement,
  key: string,
): WriteGuard {
  const { owner, transactionType, code, description, note, metadata, actor = owner } = create;
  // Whether a deposit waits for its settlement is up to the deployment, which may decide otherwise before a repeat comes: all are
  // hashed as one that does not wait.
  const body = { owner, transactionType, code, amountMinor, scale, pending: false, description, note, metadata };
  const claim: Claim = {
    owner,
    actor,
    key,
    requestHash: requestHash('createTransaction', body),
    transactionId: entry.transactionId,
    status: 'ACCEPTED',
    createdAt: entry.createdAt,
    writeId,
  };

  return {
    write: putIfAbsent(tableName, toClaimItem(claim)),
    writeId,
    clientNamed: true,
    onConditionFailed: (oldItem) => claimRefusal(claim, oldItem),
    fence: (refusal) => {
      const fenceId = database.ids.ulid();
      const refused = { ...claim, refusal: serializeError(refusal), status: 'REFUSED', writeId: fenceId } as const;
      return {
        write: putIfAbsent(tableName, toClaimItem(refused)),
        writeId: fenceId,
      };
    },
  };
}

function claimRefusal({ requestHash: hash }: Claim, oldItem: RawItem | undefined): DomainError | undefined {
  if (!oldItem) throw new Error('An absent claim cannot block a put.');

  const claimed = fromClaimItem(oldItem);
  if (claimed.requestHash !== hash) return new sharedErrors.IdempotencyKeyReusedError({});
  return claimed.status === 'ACCEPTED' ? undefined : deserializeError(claimed.refusal ?? '');
}
