import { checkLedger, type BrokenInvariant } from '@cnop/ledger-audit';
import type { SdkRequestHandler } from '@cnop/testing';
import { exploreRow, type MatrixContext, type MatrixRun } from './explore-row.ts';
import { openHost } from './host.ts';
import type { MatrixRow } from './row.ts';
import type { Services } from './services.ts';
import type { Matrix } from './matrix.ts';
import { usernameIn } from './world.ts';

/** How a matrix is run. */
export interface MatrixOptions extends Partial<Pick<MatrixContext, 'alter' | 'tamper'>>, Omit<Matrix, 'uncovered'> {
  readonly seed: number;
  /** The modes that the rows are tried in, by name. Default: all modes of each row. */
  readonly modes?: readonly string[];
  /** The same of one row, where that row is tried in fewer. */
  readonly modesOfRow?: (row: MatrixRow) => readonly string[] | undefined;
  readonly progress?: (line: string) => void;
}

/** All runs, and what the ledger check found outside their worlds. */
export interface MatrixRuns {
  readonly backend: string;
  readonly runs: readonly MatrixRun[];
  readonly stray: readonly string[];
}

/** How many rows are tried at the same time. */
const concurrency = 4;

/** Runs the rows on a DynamoDB of its own, unless the environment names one, and has the ledger of all runs checked. */
export async function runMatrix(options: MatrixOptions): Promise<MatrixRuns> {
  const { rows, services, seed, modes, modesOfRow = () => modes, progress = () => undefined } = options;
  const { alter = (of: Services) => of, tamper = (of: SdkRequestHandler) => of } = options;
  const host = await openHost(services);
  let worlds = 0;
  const context: MatrixContext = { host, seed, alter, tamper, nextWorld: () => (worlds += 1) };

  try {
    progress(`Running ${rows.length} flows on ${host.backend} DynamoDB with seed ${seed}`);
    const runs = (await runAll(rows.map((row) => () => exploreRow(context, row, modesOfRow(row))))).flat();

    progress(`Checking the ledger of ${worlds} worlds`);
    const { broken, unsettled } = await checkLedger(host.ledger);
    return { backend: host.backend, ...withLedgerBreaks(runs, [...broken, ...unsettled]) };
  } finally {
    await host.close();
  }
}

/** Executes the tasks in their order, some at a time. @returns the results in the order of the tasks. */
async function runAll<TResult>(tasks: readonly (() => Promise<TResult>)[]): Promise<TResult[]> {
  const results: TResult[] = [];
  const left = tasks.entries();
  const work = async () => {
    for (const [index, task] of left) results[index] = await task();
  };

  await Promise.all(Array.from({ length: concurrency }, work));
  return results;
}

/** The runs with what the ledger check found in the world of each; and what it found in no run's world. */
function withLedgerBreaks(runs: readonly MatrixRun[], breaks: readonly BrokenInvariant[]) {
  const usernames = new Set(runs.map(({ username }) => username));
  const found = breaks.map((each) => ({ text: textOf(each), username: usernameIn(JSON.stringify(each)) }));

  return {
    runs: runs.map((run) => {
      const own = found.filter(({ username }) => username === run.username);
      return { ...run, problems: [...run.problems, ...own.map(({ text }) => text)] };
    }),
    stray: found.filter(({ username = '' }) => !usernames.has(username)).map(({ text }) => text),
  };
}

function textOf({ rule, owner, code, expected, found }: BrokenInvariant): string {
  const parts = [rule, owner, code, expected && `expected ${expected}`, found && `found ${found}`];

  return `the ledger is broken: ${parts.filter(Boolean).join(' ')}`;
}
