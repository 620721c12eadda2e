import type { Counts, Move, Violation } from '@cnop/simulation';
import type { HistoriesCheck, HistoryViolation } from '../history/check-histories.ts';

/** Something that can never be, and was. */
export type BankViolation = Violation | HistoryViolation;

/** What a round came to. */
export interface RoundResult {
  readonly operations: number;
  /** The calls of clients by what came of them; one operation may take several. */
  readonly outcomes: Counts;
  /** How many operations nobody knew the outcome of when the clients had left. */
  readonly inDoubt: number;
  /** How many processes took the place of one that had crashed. */
  readonly replaced: number;
  /** How many effects took place. */
  readonly committed: number;
  /** What they moved, in each account in all. */
  readonly moves: readonly Move[];
  /** What is in the accounts at rest. */
  readonly balances: readonly Move[];
  /** What took effect after its client had been refused, by the kind of the step: the documented exception. */
  readonly lateEffects: Counts;
  readonly snapshots: number;
  readonly histories: HistoriesCheck;
  readonly violations: readonly BankViolation[];
  /** How long the clients were at work, and how long the check of the ledger took. */
  readonly actingMs: number;
  readonly ledgerMs: number;
}
