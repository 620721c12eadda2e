import { addCounts, market, type Counts, type Move } from '@cnop/simulation';
import { formatDecimal } from '@cnop/utils';
import type { RoundResult } from '../rounds/round-result.ts';
import type { BookResult } from '../rounds/run-book.ts';
import type { BankReport } from './bank-report.ts';

/** What a run was, beside its rounds. */
export interface RunFacts extends Pick<BankReport, 'seed' | 'backend' | 'clients' | 'accounts'> {
  readonly totalMs: number;
}

/** Sums up the rounds of a run. */
export function sumRounds(books: readonly BookResult[], { totalMs, ...facts }: RunFacts): BankReport {
  const rounds = books.flatMap((book) => book.rounds);
  const counts = books.flatMap((book) => book.counts);
  const sum = (numberOf: (round: RoundResult) => number) => rounds.reduce((total, round) => total + numberOf(round), 0);
  const historyMs = rounds.map(({ histories }) => histories.durationMs);

  return {
    ...facts,
    rounds: rounds.length,
    operations: sum(({ operations }) => operations),
    outcomes: addAll(rounds.map(({ outcomes }) => outcomes)),
    requests: counts.reduce((total, { calls }) => total + calls, 0),
    faults: addAll(counts.map(({ faults }) => Object.fromEntries(faults))),
    replacedProcesses: sum(({ replaced }) => replaced),
    inDoubt: sum(({ inDoubt }) => inDoubt),
    snapshots: sum(({ snapshots }) => snapshots),
    committed: sum(({ committed }) => committed),
    totals: totalsOf(books),
    lateEffects: addAll(rounds.map(({ lateEffects }) => lateEffects)),
    histories: {
      checked: sum(({ histories }) => histories.histories),
      operations: sum(({ histories }) => histories.operations),
      largest: Math.max(0, ...rounds.map(({ histories }) => histories.largest)),
      steps: sum(({ histories }) => histories.steps),
    },
    durations: {
      acting: Math.round(sum(({ actingMs }) => actingMs)),
      ledger: Math.round(sum(({ ledgerMs }) => ledgerMs)),
      histories: Math.round(sum(({ histories }) => histories.durationMs)),
      longestHistoriesOfARound: Math.round(Math.max(0, ...historyMs)),
      total: Math.round(totalMs),
    },
    broken: rounds.flatMap(({ violations }, at) => violations.map((violation) => ({ round: at + 1, ...violation }))),
  };
}

const addAll = (all: readonly Counts[]): Counts => all.reduce(addCounts, {});

/** What is left in the accounts of each book, and what was moved in it. */
function totalsOf(books: readonly BookResult[]): BankReport['totals'] {
  const scales = { [market.currency]: market.currencyScale, [market.assetId]: market.decimals };
  const moves = books.flatMap(({ rounds }) => rounds.flatMap((round) => round.moves));
  const balances = books.flatMap(({ rounds }) => rounds.at(-1)?.balances ?? []);

  return Object.fromEntries(
    Object.entries(scales).map(([code, scale]) => [
      code,
      { found: formatDecimal(totalOf(balances, code), scale), moved: formatDecimal(totalOf(moves, code), scale) },
    ]),
  );
}

const totalOf = (moves: readonly Move[], wanted: string): bigint =>
  moves.reduce((total, { code, amountMinor }) => (code === wanted ? total + amountMinor : total), 0n);
