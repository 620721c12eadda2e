import Table from 'cli-table3';
import { columnNames } from '../fault-columns.ts';
import type { MatrixRun } from '../matrix-run.ts';
import { brokenOutcome, type Cell, type MatrixReport } from './matrix-report.ts';

const signs: Readonly<Record<string, string>> = { refused: 'no', unknown: '?', failed: '!', crash: '†' };

const legend = [
  'ok: the caller got the result.  no: the refusal, which is right.  ?: OUTCOME_UNKNOWN.  !: failed for certain, and nothing had changed.',
  '†: its process died.  →: what it came to when asked again.  open: not asked again, since without a key that would be a second one.',
];

/** The matrix as text for people; its last line is the verdict. */
export function printReport(report: MatrixReport, durationMs: number): string {
  const { rows, broken, stray, uncovered, backend, seed } = report;
  const table = new Table({ head: ['flow', ...columnNames], style: { head: [], border: [], compact: true } });
  for (const { name, cells } of rows) table.push([name, ...columnNames.map((column) => cellText(cells[column] ?? {}))]);

  const runs = rows.reduce((sum, row) => sum + row.runs, 0);
  const methods = new Set(rows.map(({ method }) => method)).size;
  const seconds = (durationMs / 1_000).toFixed(1);
  return [
    table.toString(),
    ...legend,
    '',
    ...rows.flatMap(({ name }) =>
      brokenTexts(
        broken.filter(({ row }) => row === name),
        seed,
      ),
    ),
    ...stray,
    ...uncovered,
    `${rows.length} flows over ${methods} methods, ${runs} runs in ${seconds} s on ${backend} DynamoDB, seed ${seed}`,
    `${broken.length + stray.length + uncovered.length} broken`,
  ].join('\n');
}

function cellText(cell: Cell): string {
  return Object.entries(cell)
    .toSorted(([left], [right]) => left.length - right.length || left.localeCompare(right))
    .map(([outcome, count]) => `${count} ${signOf(outcome)}`)
    .join('\n');
}

const signOf = (outcome: string): string =>
  outcome === brokenOutcome
    ? outcome
    : outcome
        .split('→')
        .map((word) => signs[word] ?? word)
        .join('→');

/** Of a flow that is broken all over the first few runs tell enough. */
const shownAtMost = 4;

function brokenTexts(runs: readonly MatrixRun[], seed: number): string[] {
  const left = runs.length - shownAtMost;

  return [
    ...runs.slice(0, shownAtMost).map((run) => brokenText(run, seed)),
    ...(left > 0 ? [`BROKEN ${runs[0]?.row ?? ''}: ${left} more, see --json`] : []),
  ];
}

function brokenText({ row, circumstance, call, target, fault, problems }: MatrixRun, seed: number): string {
  const place = call === 0 ? 'undisturbed' : `${fault} at call ${call} (${target})`;

  return [
    `BROKEN ${row}: ${place}, ${circumstance}`,
    ...problems.map((problem) => `  ${problem.replaceAll('\n', '\n  ')}`),
    `  again: npm run fault-matrix -- --only '${row}' --seed ${seed}`,
  ].join('\n');
}
