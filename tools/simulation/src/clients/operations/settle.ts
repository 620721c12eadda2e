import type { WriteOperation } from '../operation.ts';
import { recordOf } from '../resting-tables.ts';
import type { Step } from '../step.ts';
import type { PendingDeposit } from '../world.ts';

type SettleStep = Extract<Step, { readonly kind: 'settle' }>;

/** Brings a pending deposit to its final status, against others who may want another one. */
export function settle({ status }: SettleStep, deposit: PendingDeposit): WriteOperation {
  const { owner, transactionId, code, amountMinor } = deposit;

  return {
    effect: {
      name: `settle ${transactionId} ${status}`,
      find: ({ entries }) =>
        entries.filter((entry) => entry.transactionId === transactionId && entry.status === status).map(recordOf),
    },
    call: async ({ balances }) => {
      const { replayed } = await balances.updateTransactionStatus({ owner, transactionId, status });
      const moves = status === 'COMPLETED' ? [{ owner, code, amountMinor }] : [];

      return { id: transactionId, moves, replayed };
    },
  };
}
