import type { ListQuery } from '@cnop/database-core';
import { transactionStatusSchema, transactionTypeSchema, type BalanceTransaction } from '@cnop/entities-ledger';
import {
  fromTransactionItem,
  ownerPartition,
  TRANSACTION_PREFIX,
  transactionIdOfKey,
  transactionKey,
} from '@cnop/entities-ledger/table';
import { sharedErrors } from '@cnop/exceptions';
import { balanceCodeSchema, pageSchema, transactionIdSchema, ownerSchema } from '@cnop/validation';
import type * as z from 'zod';

/** Accepts a query for a user's journal entries. */
export const transactionListSchema = pageSchema.extend({
  owner: ownerSchema,
  transactionType: transactionTypeSchema.optional(),
  status: transactionStatusSchema.optional(),
  /** Entries with a posting of this currency or asset. */
  code: balanceCodeSchema.optional(),
});

/** A query for a user's journal entries, newest first. */
export type TransactionList = z.input<typeof transactionListSchema>;

/** The request and cursors of a user's journal, newest first: ids sort by time. */
export function transactionListQuery(
  tableName: string,
  { owner, transactionType, status, code }: z.output<typeof transactionListSchema>,
): ListQuery<BalanceTransaction> {
  const filtered = transactionType !== undefined || status !== undefined || code !== undefined;

  return {
    request: {
      TableName: tableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': ownerPartition(owner), ':prefix': TRANSACTION_PREFIX },
      ScanIndexForward: false,
      ConsistentRead: true,
    },
    binding: ['transactions', owner, transactionType ?? '', status ?? '', code ?? ''],
    position: ({ sk }) => [transactionIdOfKey(String(sk)) ?? ''],
    startKey: ([transactionId = '']) => {
      const id = transactionIdSchema.safeParse(transactionId);
      if (!id.success) throw new sharedErrors.InvalidCursorError({ reason: 'malformed' });
      return { ...transactionKey(owner, id.data) };
    },
    fromItem: fromTransactionItem,
    ...(filtered && {
      keep: (entry: BalanceTransaction) =>
        (transactionType === undefined || entry.transactionType === transactionType) &&
        (status === undefined || entry.status === status) &&
        (code === undefined || entry.postings.some((posting) => posting.code === code)),
    }),
  };
}
