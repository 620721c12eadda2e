import { isDeepStrictEqual } from 'node:util';
import { putIfAbsent, type RawItem, type WriteGuard } from '@cnop/database-core';
import { balanceTransactionSchema, type BalanceTransaction } from '@cnop/entities-ledger';
import {
  fromClaimItem,
  fromTransactionItem,
  toClaimItem,
  toTransactionItem,
  type Claim,
} from '@cnop/entities-ledger/table';
import { deserializeError, type DomainError, serializeError, sharedErrors } from '@cnop/exceptions';
import { idempotencyKeySchema } from '@cnop/validation';
import * as z from 'zod';
import { putTransactionAction } from './balance-actions.ts';
import type { LedgerContext } from './ledger-table.ts';
import { wasSettled } from './settled.ts';

/** Accepts a journal entry that is asked for under an idempotency key. */
export const keyedEntrySchema = balanceTransactionSchema.and(z.object({ idempotencyKey: idempotencyKeySchema }));

type GuardContext = Pick<LedgerContext, 'database' | 'table'>;

/**
 * The guard of a movement without an idempotency key: the entry itself. Its fence is the same entry, FAILED, which moves nothing.
 *
 * An entry under its id that does not carry our `writeId` is ours only if it has been settled since, which replaces the `writeId`.
 */
export function entryGuard({ table, database }: GuardContext, entry: BalanceTransaction, writeId: string): WriteGuard {
  return {
    write: putTransactionAction(table, entry, writeId).write,
    writeId,
    onConditionFailed: (oldItem) => {
      assertSettledSince(entry, oldItem);
      return undefined;
    },
    fence: () => {
      const fenceId = database.ids.ulid();
      return { write: putTransactionAction(table, { ...entry, status: 'FAILED' }, fenceId).write, writeId: fenceId };
    },
  };
}

/** Two ids that meet are no repeat: the second one has moved nothing. */
function assertSettledSince(entry: BalanceTransaction, oldItem: RawItem | undefined): void {
  const stored = oldItem && fromTransactionItem(oldItem);
  const asPut = stored && { ...stored, status: 'PENDING' as const, updatedAt: stored.createdAt };

  if (!asPut || !wasSettled(stored) || !isDeepStrictEqual(itemOf(asPut), itemOf(entry)))
    throw new Error('A journal entry with a fresh id exists already.');
}

const itemOf = (entry: BalanceTransaction) => toTransactionItem(entry, { writeId: '' });

/** A request under an idempotency key, and the entry that it makes. */
export type KeyedRequest = Pick<Claim, 'owner' | 'actor' | 'key' | 'requestHash' | 'transactionId' | 'createdAt'>;

/** What a claim says of the entry that it stands for. */
export const claimedBy = ({ transactionId, createdAt }: BalanceTransaction) => ({ transactionId, createdAt });

/**
 * The guard of a movement with an idempotency key: the claim, which says for which request the key stands and which entry it made.
 * Its fence is the same claim, REFUSED, with the refusal that every repeat is answered with.
 */
export function claimGuard(
  { table: { tableName }, database }: GuardContext,
  request: KeyedRequest,
  writeId: string,
): WriteGuard {
  const claim: Claim = { ...request, status: 'ACCEPTED', writeId };

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
