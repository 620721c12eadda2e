import { availableParallelism } from 'node:os';
import { readArguments, usage, type Run } from './arguments.ts';
import { checkCoverage } from './methods/check-coverage.ts';
import { createReport, inOrderOf, isSound, type MatrixReport } from './report/matrix-report.ts';
import { printReport } from './report/print-report.ts';
import { matrixRows } from './rows/matrix-rows.ts';
import { runInProcesses } from './run-in-processes.ts';
import { runMatrix } from './run-matrix.ts';
import { selectRows, shareOf } from './select-rows.ts';

const print = (text: string) => process.stdout.write(text);
const complain = (text: string) => process.stderr.write(text);

async function run({ only, seed, part, processes = Math.min(4, availableParallelism()) }: Run): Promise<MatrixReport> {
  const selected = selectRows(matrixRows, only);
  if (part === undefined && processes > 1 && selected.length > 1) {
    const command = process.argv[1] ?? '';
    const report = await runInProcesses({ only, seed, command, processes: Math.min(processes, selected.length) });
    return inOrderOf(selected, report);
  }
  const rows = part ? shareOf(selected, part) : selected;

  return createReport({ seed, rows, ...(await runMatrix({ rows, seed, progress: (line) => complain(`${line}\n`) })) });
}

/** Answers with the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const asked = readArguments(args);

  if (asked.kind === 'help') {
    print(usage);
    return 0;
  }
  if (asked.kind === 'refuse') {
    complain(`${asked.problem}\n\n${usage}`);
    return 1;
  }
  try {
    const start = performance.now();
    const found = await run(asked);
    const report = { ...found, uncovered: checkCoverage() };
    const durationMs = Math.round(performance.now() - start);
    print(asked.json ? `${JSON.stringify({ report, durationMs })}\n` : `${printReport(report, durationMs)}\n`);
    return isSound(report) ? 0 : 1;
  } catch (error) {
    complain(`${String(error)}\n`);
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
