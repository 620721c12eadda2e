import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { joinReports, type MatrixReport } from './report/matrix-report.ts';

/** The shares of a matrix, and the command that runs each. */
export interface ProcessesOptions {
  readonly only: readonly string[];
  readonly seed: number;
  readonly processes: number;
  /** The file of the command; it is given `--part` and `--json`. */
  readonly command: string;
  /** Node's own arguments. Default: those of this process. */
  readonly execArgv?: readonly string[];
}

/** Runs a matrix in several processes at once, each a share of the rows. @throws when one of them fails. */
export async function runInProcesses(options: ProcessesOptions): Promise<MatrixReport> {
  const { only, seed, processes, command, execArgv = process.execArgv } = options;
  const chosen = [...only.flatMap((each) => ['--only', each]), '--seed', String(seed), '--json'];
  const parts = Array.from({ length: processes }, (_, index) => `${index + 1}/${processes}`);

  return joinReports(
    await Promise.all(parts.map((part) => runPart([...execArgv, command, ...chosen, '--part', part], part))),
  );
}

async function runPart(args: readonly string[], part: string): Promise<MatrixReport> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const output = await text(child.stdout);

  try {
    return (JSON.parse(output) as { readonly report: MatrixReport }).report;
  } catch (cause) {
    throw new Error(`Part ${part} of the matrix was not run to its end.`, { cause });
  }
}
