import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { messageOf } from './child-processes.ts';
import type { Batch } from './client-cpu-child.ts';
import { type Operation } from './contenders/contender.ts';
import { contenders, type ContenderName } from './contenders/index.ts';
import type { Figure } from './report.ts';
import { measureInTurn, median, quantile, significant } from './statistics.ts';

/** How long to measure. */
export interface ClientCpuOptions {
  readonly rounds: number;
  /** How long one contender works on one operation in one round, in processor time. */
  readonly batchMs: number;
  /** The same before anything is measured, for the compiler. */
  readonly warmUpMs: number;
  readonly contenders?: readonly ContenderName[];
  readonly operations?: readonly Operation[];
}

const base: ContenderName = 'client-dynamodb';
const allContenders = Object.keys(contenders) as ContenderName[];
const allOperations: readonly Operation[] = ['getOrder', 'createOrder', 'listOrders', 'marketOrder'];

/**
 * The processor time that each contender takes for one operation, against the plain SDK client.
 *
 * Each has a process of its own. They warm up together, then one works at a time: in every round each does one batch, and a round's ratio is taken within it.
 */
export async function measureClientCpu(options: ClientCpuOptions): Promise<Figure[]> {
  const names = [base, ...(options.contenders ?? allContenders).filter((name) => name !== base)];
  const children = new Map<ContenderName, ChildProcess>();

  try {
    for (const name of names) {
      const child = fork(fileURLToPath(new URL('./client-cpu-child.ts', import.meta.url)), [name]);
      children.set(name, child);
      await messageOf(child);
    }
    const figures: Figure[] = [];
    for (const operation of options.operations ?? allOperations) {
      figures.push(...(await measureOperation([...children], operation, options)));
    }
    return figures;
  } finally {
    // One of them keeps its process alive on any other signal.
    for (const child of children.values()) child.kill('SIGKILL');
  }
}

async function measureOperation(
  children: readonly (readonly [ContenderName, ChildProcess])[],
  operation: Operation,
  { rounds, batchMs, warmUpMs }: ClientCpuOptions,
): Promise<Figure[]> {
  await Promise.all(children.map(([, child]) => runBatch(child, { operation, cpuMs: warmUpMs })));
  const measured = await measureInTurn(children, rounds, {
    measure: ([, child]) => runBatch(child, { operation, cpuMs: batchMs }),
    figureOf: (cpuMicros) => cpuMicros,
  });

  return measured.map(({ name: [contender], own, ratios }) => ({
    part: 'client-cpu',
    name: operation,
    contender,
    ratio: significant(median(ratios)),
    values: {
      lowerQuartile: significant(quantile(ratios, 0.25)),
      upperQuartile: significant(quantile(ratios, 0.75)),
      cpuMicros: significant(median(own)),
    },
  }));
}

async function runBatch(child: ChildProcess, batch: Batch): Promise<number> {
  child.send(batch);

  return await messageOf<number>(child);
}
