import Table from 'cli-table3';
import type { MatrixRun } from './explore-row.ts';
import { columnNames, columnOf } from './fault-modes.ts';
import type { Matrix } from './matrix.ts';
import type { MatrixRuns } from './run-matrix.ts';

/** The whole matrix. */
export interface MatrixReport extends MatrixRuns, Pick<Matrix, 'rows' | 'uncovered'> {
  readonly seed: number;
}

const isBroken = ({ problems }: MatrixRun) => problems.length > 0;

/** How much is wrong: runs, the ledger, and what writes without a row. */
export const brokenCount = ({ runs, stray, uncovered }: MatrixReport): number =>
  runs.filter(isBroken).length + stray.length + uncovered.length;

const signs: Readonly<Record<string, string>> = { refused: 'no', unknown: '?', failed: '!', crashed: '†' };

const legend = `ok: the caller got the result.  no: the refusal, which is right.  ?: OUTCOME_UNKNOWN.  !: failed for certain, and nothing had changed.
†: its process died.  →: what the repeat came to.  open: not repeated, since without a key that would be a second one.
`;

/** The matrix as text for people: how many runs came to which outcome, what is broken, and a verdict. */
export function printReport(report: MatrixReport, durationMs: number): string {
  const { rows, runs, stray, uncovered, backend, seed } = report;
  const table = new Table({ head: ['flow', ...columnNames], style: { head: [], border: [], compact: true } });
  for (const { name } of rows) {
    const own = runs.filter(({ row }) => row === name);
    table.push([name, ...columnNames.map((column) => cellText(own.filter(({ fault }) => columnOf(fault) === column)))]);
  }

  const methods = new Set(rows.map(({ method }) => method)).size;
  const seconds = (durationMs / 1_000).toFixed(1);
  return [
    table.toString(),
    legend,
    ...brokenTexts(runs.filter(isBroken)),
    ...stray,
    ...uncovered,
    `${rows.length} flows over ${methods} methods, ${runs.length} runs in ${seconds} s on ${backend} DynamoDB, seed ${seed}`,
    `${brokenCount(report)} broken`,
  ].join('\n');
}

function cellText(runs: readonly MatrixRun[]): string {
  const counts = new Map<string, number>();
  for (const run of runs) {
    const outcome = isBroken(run) ? 'BROKEN' : run.outcome.replaceAll(/[a-z]+/g, (word) => signs[word] ?? word);
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }

  return [...counts].map(([outcome, count]) => `${count} ${outcome}`).join('\n');
}

/** Of a flow that is broken all over, the first runs tell enough. */
const shownAtMost = 4;

const brokenTexts = (runs: readonly MatrixRun[]): string[] =>
  runs
    .filter((run, index) => runs.slice(0, index).filter(({ row }) => row === run.row).length < shownAtMost)
    .map(({ row, mode, call, target, fault, problems }) => {
      const place = call === 0 ? 'without a fault' : `${fault} at call ${call} (${target})`;
      return [`BROKEN ${row}: ${place}, ${mode}`, ...problems].join('\n').replaceAll('\n', '\n  ');
    });
