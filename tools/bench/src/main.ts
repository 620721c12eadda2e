import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { readArguments, usage } from './arguments.ts';
import { brokenBounds, type Bound } from './bounds.ts';
import { measureClientCpu } from './client-cpu/measure.ts';
import { measureColdStart } from './cold-start.ts';
import type { Figure } from './figure.ts';
import { measureGrowth } from './growth.ts';
import { measureHotAccount } from './hot-account.ts';
import { measureLoad } from './load/measure.ts';
import { measureMemory } from './memory/measure.ts';
import { replaceSection } from './replace-section.ts';
import { describeMachine, jsonLines, markdownTables, printTables } from './report.ts';
import { measureThroughput } from './throughput.ts';

type Part = Figure['part'];
type Measurement = () => Promise<Figure[]>;

const shortForm: Readonly<Record<Part, Measurement>> = {
  'client-cpu': async () => [
    ...(await measureClientCpu({
      rounds: 21,
      batchMs: 100,
      warmUpMs: 12_000,
      operations: ['marketOrder'],
      contenders: ['electrodb', 'cnop'],
    })),
    ...(await measureClientCpu({
      rounds: 15,
      batchMs: 50,
      warmUpMs: 1_200,
      operations: ['getOrder', 'createOrder', 'listOrders'],
      contenders: ['cnop'],
    })),
  ],
  throughput: () =>
    measureThroughput({ backend: 'embedded', concurrencies: [16], rounds: 5, roundMs: 400, warmUpMs: 2_000 }),
  'hot-account': () => measureHotAccount({ callers: 64, rounds: 2, roundMs: 1_500, transactionMs: 4 }),
  load: () => measureLoad({ connections: 50, serviceMs: 5_000, plainMs: 2_000 }),
  memory: () => measureMemory({ callers: 4, ms: 12_000, samples: 12 }),
  growth: () => measureGrowth({ sizes: [100, 3_000], calls: 30 }),
  'cold-start': () => Promise.resolve([]),
};

const longForm: Readonly<Record<Part, Measurement>> = {
  'client-cpu': () => measureClientCpu({ rounds: 25, batchMs: 80, warmUpMs: 4_000 }),
  throughput: async () => {
    const load = { concurrencies: [1, 16, 64], rounds: 15, roundMs: 1_000, warmUpMs: 8_000 };
    const embedded = await measureThroughput({ ...load, backend: 'embedded' });

    return [...embedded, ...(await ifThere(measureThroughput({ ...load, backend: 'java' })))];
  },
  'hot-account': () => measureHotAccount({ callers: 64, rounds: 5, roundMs: 4_000, transactionMs: 4 }),
  load: () => measureLoad({ connections: 50, serviceMs: 30_000, plainMs: 10_000 }),
  memory: () => measureMemory({ callers: 4, ms: 600_000, samples: 60 }),
  'cold-start': () => measureColdStart({ rounds: 7 }),
  growth: () => measureGrowth({ sizes: [1_000, 100_000, 1_000_000], calls: 200 }),
};

/** DynamoDB Local needs a Java runtime that a machine may lack. */
const ifThere = (figures: Promise<Figure[]>): Promise<Figure[]> =>
  figures.catch((error: unknown) => {
    process.stderr.write(`Left out: ${String(error)}\n`);
    return [];
  });

async function main(): Promise<number> {
  const asked = readArguments(process.argv.slice(2));
  if (asked.kind !== 'run') {
    process.stderr.write(asked.kind === 'help' ? usage : `${asked.problem}\n\n${usage}`);
    return asked.kind === 'help' ? 0 : 1;
  }
  const form = asked.short ? shortForm : longForm;

  process.stderr.write(`${describeMachine()}\n`);
  const figures: Figure[] = [];
  for (const part of asked.only) {
    const own = await form[part]();
    process.stdout.write(jsonLines(own));
    process.stderr.write(`${printTables(own)}\n`);
    figures.push(...own);
    if (asked.document) await document(part, own);
  }

  const broken = brokenBounds(figures, JSON.parse(await readFile('tools/bench/bounds.json', 'utf8')) as Bound[], {
    short: asked.short,
  });
  for (const problem of broken) process.stderr.write(`${problem}\n`);
  return broken.length === 0 ? 0 : 1;
}

async function document(part: Part, figures: readonly Figure[]): Promise<void> {
  const file = 'docs/performance.md';
  const section = `${markdownTables(figures)}\n${describeMachine()}\n`;

  const document = replaceSection(await readFile(file, 'utf8'), part, section);

  await writeFile(file, await format(document, { ...(await resolveConfig(file)), filepath: file }));
}

process.exitCode = await main();
