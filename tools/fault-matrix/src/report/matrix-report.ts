import { columnOf, type FaultColumn } from '../fault-columns.ts';
import { textOf } from '../ledger-breaks.ts';
import type { MatrixRun } from '../matrix-run.ts';
import type { MatrixRow } from '../row.ts';
import type { MatrixRuns } from '../run-matrix.ts';

/** How many runs came to which outcome; `BROKEN` is one of them. */
export type Cell = Readonly<Record<string, number>>;

/** One row with all its runs. */
export interface RowReport {
  readonly name: string;
  readonly method: string;
  readonly runs: number;
  readonly cells: Readonly<Partial<Record<FaultColumn, Cell>>>;
}

/** The whole matrix. All of it is JSON-safe. */
export interface MatrixReport {
  /** Which DynamoDB it ran on. */
  readonly backend: string;
  readonly seed: number;
  readonly rows: readonly RowReport[];
  /** Every run that something is wrong with. */
  readonly broken: readonly MatrixRun[];
  /** What the ledger check found that is of no run. */
  readonly stray: readonly string[];
  /** What keeps the matrix from covering everything that writes. */
  readonly uncovered: readonly string[];
}

/** The outcome of a run that something is wrong with. */
export const brokenOutcome = 'BROKEN';

/** What a report is made of. */
export interface ReportFacts extends MatrixRuns {
  readonly seed: number;
  readonly rows: readonly Pick<MatrixRow, 'name' | 'method'>[];
}

/** Counts the runs of each row by fault and outcome. */
export function createReport({ backend, seed, rows, runs, stray }: ReportFacts): MatrixReport {
  return {
    backend,
    seed,
    rows: rows.map(({ name, method }) => {
      const own = runs.filter(({ row }) => row === name);
      return { name, method, runs: own.length, cells: cellsOf(own) };
    }),
    broken: runs.filter(({ problems }) => problems.length > 0),
    stray: stray.map(textOf),
    uncovered: [],
  };
}

function cellsOf(runs: readonly MatrixRun[]): RowReport['cells'] {
  const cells: Partial<Record<FaultColumn, Record<string, number>>> = {};

  for (const { fault, outcome, problems } of runs) {
    const cell = (cells[columnOf(fault)] ??= {});
    const name = problems.length > 0 ? brokenOutcome : outcome;
    cell[name] = (cell[name] ?? 0) + 1;
  }
  return cells;
}

/** Reports of different rows as one. @throws RangeError when there is none. */
export function joinReports([first, ...others]: readonly MatrixReport[]): MatrixReport {
  if (!first) throw new RangeError('There is no report.');

  return others.reduce(
    (joined, { rows, broken, stray }) => ({
      ...joined,
      rows: [...joined.rows, ...rows],
      broken: [...joined.broken, ...broken],
      stray: [...joined.stray, ...stray],
    }),
    first,
  );
}

/** The report with its rows in the order of these. */
export function inOrderOf(rows: readonly Pick<MatrixRow, 'name'>[], report: MatrixReport): MatrixReport {
  const place = new Map(rows.map(({ name }, index) => [name, index]));
  const placeOf = ({ name }: RowReport) => place.get(name) ?? rows.length;

  return { ...report, rows: report.rows.toSorted((left, right) => placeOf(left) - placeOf(right)) };
}

/** Whether nothing is wrong: no run, nothing in the ledger, and nothing that writes without a row. */
export const isSound = ({ broken, stray, uncovered }: MatrixReport): boolean =>
  broken.length + stray.length + uncovered.length === 0;
