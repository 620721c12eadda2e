import type { Counts } from '@cnop/simulation';
import type { BankViolation } from '../rounds/round-result.ts';

/** What a run came to. All of it is JSON-safe. */
export interface BankReport {
  readonly seed: number;
  readonly backend: string;
  readonly clients: number;
  readonly accounts: number;
  readonly rounds: number;
  readonly operations: number;
  /** Calls by what came of them; one operation may take several. */
  readonly outcomes: Counts;
  readonly requests: number;
  readonly faults: Counts;
  readonly replacedProcesses: number;
  readonly inDoubt: number;
  readonly snapshots: number;
  readonly committed: number;
  /** At rest in the end, by code: what is in all accounts, and what the committed operations have moved, as decimal text. */
  readonly totals: Readonly<Record<string, { readonly found: string; readonly moved: string }>>;
  /** Effects that came after their refusal, by the kind of the step: the documented exception. */
  readonly lateEffects: Counts;
  readonly histories: HistoriesReport;
  readonly durations: Durations;
  readonly broken: readonly (BankViolation & { readonly round: number })[];
}

/** The histories that were checked. */
export interface HistoriesReport {
  readonly checked: number;
  readonly operations: number;
  readonly largest: number;
  readonly steps: number;
}

/** What took how long, in milliseconds. */
export interface Durations {
  readonly acting: number;
  readonly ledger: number;
  readonly histories: number;
  readonly longestHistoriesOfARound: number;
  readonly total: number;
}
