import { keyOfStep, market, accountName } from '../market.ts';
import type { WriteOperation } from '../operation.ts';
import { recordOf } from '../resting-tables.ts';
import type { Step } from '../step.ts';
import type { World } from '../world.ts';

type MoneyStep = Extract<Step, { readonly amountMinor: number }>;

const transactionTypes = {
  deposit: 'DEPOSIT',
  'pending-deposit': 'DEPOSIT',
  withdraw: 'WITHDRAW',
  adjust: 'SYSTEM_ADJUSTMENT',
} as const;

/** Deposits, withdraws or adjusts: money, or the asset in an adjustment. */
export function moveMoney(step: MoneyStep, { pendingDeposits }: World): WriteOperation {
  const owner = accountName(step.account);
  const idempotencyKey = keyOfStep(step);
  const amountMinor = BigInt(step.amountMinor);
  const { code, scale } =
    step.kind === 'adjust'
      ? { code: market.assetId, scale: market.decimals }
      : { code: market.currency, scale: market.currencyScale };
  const pending = step.kind === 'pending-deposit';
  const signedMinor = step.kind === 'withdraw' ? -amountMinor : amountMinor;

  return {
    effect: {
      name: `entry ${owner} ${idempotencyKey}`,
      find: ({ entries }) =>
        entries
          .filter((entry) => entry.idempotencyKey === idempotencyKey)
          // What a pending deposit moves is the effect of whoever settles it.
          .map((entry) => (pending ? { id: entry.transactionId, moves: [] } : recordOf(entry))),
    },
    call: async ({ balances }) => {
      const { transaction, replayed } = await balances.createTransaction({
        owner,
        transactionType: transactionTypes[step.kind],
        code,
        amountMinor,
        scale,
        idempotencyKey,
        ...(pending && { pending }),
      });
      const { transactionId } = transaction;
      if (pending) pendingDeposits.push({ owner, transactionId, code, amountMinor });

      return { id: transactionId, moves: pending ? [] : [{ owner, code, amountMinor: signedMinor }], replayed };
    },
  };
}
