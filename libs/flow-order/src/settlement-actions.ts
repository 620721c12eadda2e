import type { TransactionAction } from '@cnop/database-core';
import type { BalanceTransaction } from '@cnop/entities-ledger';
import type { OrderFlowContext } from './order-flow-context.ts';

/**
 * What carries out a journal entry on `available`: the entry itself, then a debit or a credit for each posting, in their order.
 *
 * 2 write units each.
 */
export function settlementActions({ balances }: OrderFlowContext, entry: BalanceTransaction): TransactionAction[] {
  const moves = entry.postings.map(({ code, amountMinor, scale }) => {
    const move = { owner: entry.owner, code, scale, at: entry.createdAt };

    return amountMinor < 0n
      ? balances.debitAction({ ...move, amountMinor: -amountMinor })
      : balances.creditAction({ ...move, amountMinor });
  });

  return [balances.putTransactionAction(entry), ...moves];
}
