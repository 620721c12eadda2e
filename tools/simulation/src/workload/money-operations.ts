import type { BalanceTransaction } from '@cnop/entities-ledger';
import {
  addAmounts,
  amountsOf,
  holdings,
  market,
  noAmounts,
  ownerOfAccount,
  type PendingDeposit,
  type World,
} from './market.ts';
import type { EffectRecord, RestingTables, WriteOperation } from './operation.ts';
import type { Step } from './plan.ts';

export const keyOfStep = ({ id }: Step): string => `step-${id}`;

/** The journal entry of an effect, as the trace of it. */
function recordOf({ transactionId, status, postings }: BalanceTransaction): EffectRecord {
  const changes = postings
    .filter(({ bucket }) => status === 'COMPLETED' && bucket === 'available')
    .map(({ code, amountMinor }) => amountsOf(code, amountMinor));

  return { id: transactionId, change: changes.reduce(addAmounts, noAmounts) };
}

export const entriesWhere =
  (isMeant: (entry: BalanceTransaction) => boolean) =>
  ({ entries }: RestingTables): EffectRecord[] =>
    entries.filter(isMeant).map(recordOf);

/** Registers the user of an account, unless another client does; half of those who want the same name have an address of their own. */
export function register(step: Step): WriteOperation {
  const username = ownerOfAccount(step.account);
  const idempotencyKey = keyOfStep(step);

  return {
    effect: `register ${username} ${idempotencyKey}`,
    owner: username,
    find: ({ users }) =>
      users
        .filter(({ createKey }) => createKey === idempotencyKey)
        .map(({ owner }) => ({ id: owner, change: noAmounts })),
    refusals: ['USERNAME_TAKEN', 'EMAIL_TAKEN'],
    call: async ({ users }) => {
      const email = `${step.id % 2 === 0 ? username : idempotencyKey}@example.com`;
      const { user, replayed } = await users.createUser(userNamed(username, email), { idempotencyKey });
      return { id: user.username, change: noAmounts, replayed };
    },
  };
}

/** What it takes to register a user. */
export const userNamed = (username: string, email = `${username}@example.com`) => ({
  username,
  email,
  password: 'correct horse battery',
  firstName: 'Ada',
  lastName: 'Lovelace',
});

/** Deposits, withdraws or adjusts: money, or the asset in an adjustment. */
export function moveMoney(step: Step, { pendingDeposits }: World): WriteOperation {
  const owner = ownerOfAccount(step.account);
  const idempotencyKey = keyOfStep(step);
  const isPending = step.kind === 'pending-deposit';
  // Amounts are such that many a withdrawal, purchase or sale finds too little.
  const moved = {
    deposit: { type: 'DEPOSIT', holding: 'cash', amountMinor: BigInt(step.amount + 1) / 2n },
    'pending-deposit': { type: 'DEPOSIT', holding: 'cash', amountMinor: BigInt(step.amount) },
    withdraw: { type: 'WITHDRAW', holding: 'cash', amountMinor: BigInt(step.amount) },
    adjust: { type: 'SYSTEM_ADJUSTMENT', holding: 'asset', amountMinor: BigInt(step.amount - 4_000 || 1) },
  } as const;
  const { type, holding, amountMinor } = moved[step.kind as keyof typeof moved];
  const { code, scale } = holdings[holding];
  const change = isPending ? noAmounts : amountsOf(code, step.kind === 'withdraw' ? -amountMinor : amountMinor);

  return {
    effect: `entry ${owner} ${idempotencyKey}`,
    owner,
    find: ({ entries }) =>
      entries
        .filter((entry) => entry.idempotencyKey === idempotencyKey)
        // What a pending deposit moves is the effect of whoever settles it.
        .map((entry) => (isPending ? { id: entry.transactionId, change } : recordOf(entry))),
    possibleChanges: () => [change],
    call: async ({ balances }) => {
      const { transaction, replayed } = await balances.createTransaction({
        owner,
        transactionType: type,
        code,
        amountMinor,
        scale,
        idempotencyKey,
        ...(isPending && { pending: true }),
      });
      const { transactionId } = transaction;
      if (isPending) pendingDeposits.push({ owner, transactionId, amountMinor });

      return { id: transactionId, change, replayed };
    },
  };
}

/** Gives money to another account. */
export function transfer(step: Step, { accounts }: World): WriteOperation {
  const owner = ownerOfAccount(step.account);
  const receiver = ownerOfAccount((step.account + 1 + (step.target % (accounts - 1))) % accounts);
  const idempotencyKey = keyOfStep(step);
  const amountMinor = BigInt(step.amount + 1) / 2n;
  const change = amountsOf(market.currency, -amountMinor);

  return {
    effect: `transfer ${owner} ${idempotencyKey}`,
    owner,
    receiver,
    find: entriesWhere((entry) => entry.owner === owner && entry.idempotencyKey === idempotencyKey),
    possibleChanges: () => [change],
    call: async ({ balances }) => {
      const { transaction, replayed } = await balances.transfer({
        from: owner,
        to: receiver,
        code: market.currency,
        amountMinor,
        idempotencyKey,
      });
      return { id: transaction.transactionId, change, replayed };
    },
  };
}

/** Brings a pending deposit to its final status, against others who may want another one. */
export function settle(
  { owner, transactionId, amountMinor }: PendingDeposit,
  status: 'COMPLETED' | 'FAILED',
): WriteOperation {
  const change = status === 'COMPLETED' ? amountsOf(market.currency, amountMinor) : noAmounts;

  return {
    effect: `settle ${transactionId} ${status}`,
    owner,
    isShared: true,
    find: entriesWhere((entry) => entry.transactionId === transactionId && entry.status === status),
    possibleChanges: () => [change],
    refusals: ['TRANSACTION_NOT_PENDING'],
    call: async ({ balances }) => {
      const { replayed } = await balances.updateTransactionStatus({ owner, transactionId, status });
      return { id: transactionId, change, replayed };
    },
  };
}
