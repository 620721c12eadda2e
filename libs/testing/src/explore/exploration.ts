import type { Seed } from '../faults/standard-faults.ts';
import { textTable } from '../text-table.ts';

/** What came of one run. */
export interface ExplorationRow {
  /** The call that the fault befell; 0 in the run without one. */
  readonly call: number;
  /** The operation of that call. */
  readonly target: string;
  readonly fault: string;
  /** What `check` named it, or `BROKEN: …` with what was wrong. */
  readonly outcome: string;
  /** What was thrown, when something was wrong. */
  readonly error?: unknown;
}

/** Everything that an exploration found; as a string, a table for people. */
export interface Exploration {
  readonly seed: Seed;
  /** How many network calls the undisturbed flow makes. */
  readonly calls: number;
  readonly rows: readonly ExplorationRow[];
  /** The rows that are wrong. */
  readonly failures: readonly ExplorationRow[];
  toString(): string;
}

export function createExploration(found: Pick<Exploration, 'seed' | 'calls' | 'rows'>): Exploration {
  return {
    ...found,
    failures: found.rows.filter((row) => 'error' in row),
    toString: () =>
      textTable(
        ['call', 'target', 'fault', 'outcome'],
        found.rows.map(({ call, target, fault, outcome }) => [String(call), target || '-', fault, outcome]),
      ),
  };
}
