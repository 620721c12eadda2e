import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { joinReports, type SeedsReport } from './seeds-report.ts';

/** A range of seeds, and the command that runs a part of it. */
export interface ProcessesOptions {
  readonly from: number;
  readonly seeds: number;
  readonly processes: number;
  /** The file of the command; it is given `--from`, `--seeds`, `--processes 1` and `--json`. */
  readonly command: string;
  /** Node's own arguments. Default: those of this process. */
  readonly execArgv?: readonly string[];
}

/** Runs a range of seeds in several processes at once, each a part of its own. @throws when one of them fails. */
export async function runInProcesses({
  from,
  seeds,
  processes,
  command,
  execArgv = process.execArgv,
}: ProcessesOptions): Promise<SeedsReport> {
  const share = Math.ceil(seeds / processes);
  const starts = Array.from({ length: Math.ceil(seeds / share) }, (_, part) => part * share);

  return joinReports(
    await Promise.all(
      starts.map((start) =>
        runPart([...execArgv, command], { from: from + start, seeds: Math.min(share, seeds - start) }),
      ),
    ),
  );
}

async function runPart(command: readonly string[], { from, seeds }: { readonly from: number; readonly seeds: number }) {
  const range = ['--from', String(from), '--seeds', String(seeds), '--processes', '1', '--json'];
  const child = spawn(process.execPath, [...command, ...range], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const output = await text(child.stdout);

  try {
    return (JSON.parse(output) as { readonly report: SeedsReport }).report;
  } catch (cause) {
    throw new Error(`The seeds from ${from} on were not run to their end.`, { cause });
  }
}
