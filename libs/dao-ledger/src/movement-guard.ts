import { putIfAbsent, type RawItem, type WriteGuard } from '@cnop/database-core';
import { fromClaimItem, toClaimItem, type Claim } from '@cnop/entities-ledger/table';
import { deserializeError, IdempotencyKeyReusedError, serializeError, type DomainError } from '@cnop/exceptions';
import { requestHash } from '@cnop/utils';
import { putTransactionAction } from './balance-actions.ts';
import type { MoneyMovement } from './money-movement.ts';
import type { LedgerContext } from './ledger-table.ts';

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
  { create, scale, entry, writeId }: MoneyMovement,
  key: string,
): WriteGuard {
  const { owner, transactionType, code, amountMinor, pending = false, description, actor = owner } = create;
  const body = { owner, transactionType, code, amountMinor, scale, pending, description };
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
  if (!oldItem) throw new Error('A claim that is absent cannot be in the way.');

  const claimed = fromClaimItem(oldItem);
  if (claimed.requestHash !== hash) return new IdempotencyKeyReusedError({});
  return claimed.status === 'ACCEPTED' ? undefined : deserializeError(claimed.refusal ?? '');
}
