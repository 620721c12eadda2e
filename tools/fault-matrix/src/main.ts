import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { loadMatrix, shortModesOf, type Matrix } from './matrix.ts';
import { brokenCount, printReport } from './report.ts';
import { runMatrix, type MatrixRuns } from './run-matrix.ts';

const usage = `usage: npm run fault-matrix -- [--short] [--only FLOW] [--seed N] [--threads N]

Tries every flow that writes with every fault at every network call, then again as a new process would, and checks what is stored.
  --short         flows of many requests only with the faults that leave a caller in doubt
  --only FLOW     only the flows whose name or method contains this text; may be given several times
  --seed N        another choice of what the faults leave to chance (default 1)
  --threads N     each with a DynamoDB of its own (default: one per processor, at most 4)
`;

/** Every n-th of the chosen rows: neighbours take about equally long. */
interface Share {
  readonly only: readonly string[];
  readonly short: boolean;
  readonly seed: number;
  readonly share: number;
  readonly of: number;
}

const complain = (text: string) => process.stderr.write(`${text}\n`);

async function loadSelected(only: readonly string[]): Promise<Matrix> {
  const matrix = await loadMatrix();
  const isChosen = (text: string) => only.length === 0 || only.some((each) => text.includes(each));
  const rows = matrix.rows.filter(({ name, method }) => isChosen(name) || isChosen(method));
  if (rows.length === 0) throw new Error(`No flow has a name or method with '${only.join("' or '")}'.`);

  return { ...matrix, rows };
}

async function runShare({ only, short, seed, share, of }: Share): Promise<MatrixRuns> {
  const matrix = await loadSelected(only);
  const rows = matrix.rows.filter((_, index) => index % of === share);

  return await runMatrix({ ...matrix, rows, seed, progress: complain, ...(short && { modesOfRow: shortModesOf }) });
}

const runInThread = (share: Share) =>
  new Promise<MatrixRuns>((resolve, reject) => {
    new Worker(new URL(import.meta.url), { workerData: share }).once('message', resolve).once('error', reject);
  });

/** @returns the exit code. */
async function main(): Promise<number> {
  const { only, short, ...numbers } = parseArgs({
    options: {
      only: { type: 'string', multiple: true, default: [] },
      short: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      threads: { type: 'string', default: String(Math.min(4, availableParallelism())) },
    },
  }).values;
  const [seed, threads] = [Number(numbers.seed), Number(numbers.threads)];
  if (!(Number.isSafeInteger(seed) && seed > 0 && Number.isSafeInteger(threads) && threads > 0)) {
    throw new Error('--seed and --threads must be positive whole numbers.');
  }

  const start = performance.now();
  const { rows, uncovered } = await loadSelected(only);
  const of = Math.min(threads, rows.length);
  const shares = Array.from({ length: of }, (_, share) => ({ only, short, seed, share, of }));
  const done = await Promise.all(shares.map(of === 1 ? runShare : runInThread));
  const [runs, stray] = [done.flatMap((each) => each.runs), done.flatMap((each) => each.stray)];
  const report = { backend: done[0]?.backend ?? '', seed, rows, runs, stray, uncovered };

  process.stdout.write(`${printReport(report, performance.now() - start)}\n`);
  return brokenCount(report) === 0 ? 0 : 1;
}

if (isMainThread) {
  process.exitCode = await main().catch((error: unknown) => {
    complain(`${String(error)}\n\n${usage}`);
    return 1;
  });
} else {
  parentPort?.postMessage(await runShare(workerData as Share));
}
