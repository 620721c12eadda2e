import type { TransactionResult } from '@cnop/dao-ledger';
import { toBalanceTransactionResponse, type BalanceTransactionResponse } from '@cnop/entities-ledger';
import { markReplayed } from '@cnop/middleware';
import type { FastifyReply } from 'fastify';

/** The answer that shows a journal entry, marked if an earlier request had made it. */
export function sendTransaction(
  reply: FastifyReply,
  { transaction, replayed }: TransactionResult,
): BalanceTransactionResponse {
  markReplayed(reply, replayed);
  return toBalanceTransactionResponse(transaction);
}
