import { balanceEffect, type BalanceTransaction } from '@cnop/entities-ledger';
import type { BalanceDao } from '../../src/index.ts';
import type { TestStore } from './test-store.ts';

const amounts = ['availableMinor', 'heldMinor', 'totalDepositedMinor', 'totalWithdrawnMinor'] as const;

/** Every amount of a user's balance that is below zero or not the sum of the COMPLETED postings; there should be none. */
export async function findLedgerBreaks({ balances, owners }: TestStore): Promise<string[]> {
  const breaks = await Promise.all(owners.map((owner) => breaksOf(balances, owner)));

  return breaks.flat();
}

/** All of a user's journal, newest first. */
export async function readJournal(balances: BalanceDao, owner: string): Promise<BalanceTransaction[]> {
  const journal: BalanceTransaction[] = [];
  let cursor: string | undefined;

  do {
    const page = await balances.getUserTransactions({ owner, limit: 100, ...(cursor !== undefined && { cursor }) });
    journal.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return journal;
}

async function breaksOf(balances: BalanceDao, owner: string): Promise<string[]> {
  const journal = await readJournal(balances, owner);
  const stored = new Map((await balances.listBalances(owner)).map((balance) => [balance.code, balance]));
  const codes = new Set([...stored.keys(), ...journal.flatMap(({ postings }) => postings.map(({ code }) => code))]);

  return [...codes].flatMap((code) => {
    const sums = sumsOf(journal, code);
    return amounts
      .filter((amount) => (stored.get(code)?.[amount] ?? 0n) !== sums[amount] || sums[amount] < 0n)
      .map((amount) => `${owner} ${code} ${amount}`);
  });
}

function sumsOf(journal: readonly BalanceTransaction[], code: string) {
  const effects = journal.map((entry) => balanceEffect(entry, code));
  const sum = (name: keyof (typeof effects)[number]) => effects.reduce((total, effect) => total + effect[name], 0n);

  return {
    availableMinor: sum('availableMinor'),
    heldMinor: sum('heldMinor'),
    totalDepositedMinor: sum('depositedMinor'),
    totalWithdrawnMinor: sum('withdrawnMinor'),
  };
}
