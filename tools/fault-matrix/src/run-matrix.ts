import { checkLedger } from '@cnop/ledger-audit';
import type { Seed } from '@cnop/testing';
import { circumstancesOf, type Circumstance } from './circumstance.ts';
import { exploreRow } from './explore-row.ts';
import { openHost } from './host.ts';
import { withLedgerBreaks, type LedgerBreak } from './ledger-breaks.ts';
import type { MatrixContext } from './matrix-context.ts';
import type { MatrixRun } from './matrix-run.ts';
import type { MatrixRow } from './row.ts';
import { runAll } from './run-all.ts';
import type { Services } from './services.ts';
import { lookAround, type Surroundings } from './surroundings.ts';

/** What a matrix is run with. */
export interface MatrixOptions {
  readonly rows: readonly MatrixRow[];
  readonly seed: Seed;
  /** How many explorations go on at the same time. Default 4. */
  readonly atOnce?: number;
  readonly alter?: (services: Services) => Services;
  readonly progress?: (line: string) => void;
}

/** All runs, and what the ledger check found that is of no run. */
export interface MatrixRuns {
  readonly backend: string;
  readonly runs: readonly MatrixRun[];
  readonly stray: readonly LedgerBreak[];
}

/** Runs the rows on a DynamoDB of its own, unless the environment names one, and has the ledger of all runs checked. */
export async function runMatrix(options: MatrixOptions): Promise<MatrixRuns> {
  const { rows, seed, atOnce = 4, alter = (services: Services) => services, progress = () => undefined } = options;
  const host = await openHost();
  let worlds = 0;
  const context: MatrixContext = { host, seed, alter, nextWorld: () => (worlds += 1) };

  try {
    progress(`Running ${rows.length} flows on ${host.backend} DynamoDB with seed ${seed}`);
    const tasks = rows.flatMap((row) => {
      let surroundings: Promise<Surroundings> | undefined;
      return circumstancesOf(row).map((circumstance) => async () => {
        surroundings ??= lookAround(context, row);
        return await tried(context, row, { circumstance, surroundings });
      });
    });
    const runs = (await runAll(tasks, atOnce)).flat();

    progress(`Checking the ledger of ${worlds} worlds`);
    const { broken, unsettled } = await checkLedger(host.database);
    return { backend: host.backend, ...withLedgerBreaks(runs, [...broken, ...unsettled]) };
  } finally {
    await host.close();
  }
}

interface Trying {
  readonly circumstance: Circumstance;
  readonly surroundings: Promise<Surroundings>;
}

async function tried(
  context: MatrixContext,
  row: MatrixRow,
  { circumstance, surroundings }: Trying,
): Promise<MatrixRun[]> {
  try {
    return await exploreRow(context, { row, surroundings: await surroundings }, circumstance);
  } catch (error) {
    const problem = `The row cannot be tried: ${error instanceof Error ? error.message : String(error)}`;
    const none = { call: 0, target: '', fault: 'none', outcome: 'broken', username: '' };
    return [{ ...none, row: row.name, circumstance: circumstance.name, problems: [problem] }];
  }
}
