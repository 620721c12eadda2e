import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { measureClientCpu } from './client-cpu.ts';
import { measureBundles, measureColdStart } from './cold-start.ts';
import { measureGrowth } from './growth.ts';
import { measureHotAccount } from './hot-account.ts';
import { measureLoad } from './load.ts';
import { measureMemory } from './memory.ts';
import { brokenBounds, markdownTable, parts, type Bound, type Figure, type Part } from './report.ts';
import { measureBursts } from './standing/burst.ts';
import { measureFills } from './standing/fills.ts';
import { measureLatency } from './standing/latency.ts';
import { measureSpeed } from './standing/speed.ts';
import { measureTicks } from './standing/ticks.ts';
import { measureWrites } from './standing/writes.ts';
import { measureThroughput } from './throughput.ts';

const usage = `Usage: npm run bench -- [--short] [--only <part>]…

  --short      about two minutes, for CI; the long form takes half an hour, most of it for a million orders
  --only       ${parts.join(', ')}; may be given several times;
               \`standing\` is all that begin with it

Prints the figures of each part as docs/performance.md has them. Fails when a ratio is worse than its bound in tools/bench/bounds.json.
Run it from the root of the workspace.
`;

type Measurements = Readonly<Record<Part, () => Promise<Figure[]>>>;

const shortForm: Measurements = {
  'client-cpu': async () => [
    ...(await measureClientCpu({
      rounds: 21,
      batchMs: 100,
      warmUpMs: 16_000,
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
  'cold-start': () => measureBundles(31),
  growth: () => measureGrowth({ sizes: [100, 3_000], calls: 30 }),
  'standing-writes': measureWrites,
  'standing-ticks': () => measureTicks({ sizes: [1_000, 4_000], due: 10, trailTicks: 5 }),
  'standing-fills': measureFills,
  'standing-burst': () => measureBursts({ orders: 1_000, owners: 125, unitsPerSecond: 50 }, [1, 8]),
  'standing-latency': () => measureLatency({ ticks: 200, assets: 5, ticksPerSecond: 50 }),
  'standing-speed': () => measureSpeed({ rounds: 3, orders: 100 }),
};

const longForm: Measurements = {
  'client-cpu': () => measureClientCpu({ rounds: 25, batchMs: 80, warmUpMs: 4_000 }),
  throughput: async () => {
    const load = { concurrencies: [1, 16, 64], rounds: 15, roundMs: 1_000, warmUpMs: 8_000 };
    const embedded = await measureThroughput({ ...load, backend: 'embedded' });

    return [...embedded, ...(await ifThere(measureThroughput({ ...load, backend: 'java' })))];
  },
  'hot-account': () => measureHotAccount({ callers: 64, rounds: 5, roundMs: 4_000, transactionMs: 4 }),
  load: () => measureLoad({ connections: 50, serviceMs: 30_000, plainMs: 10_000 }),
  memory: () => measureMemory({ callers: 4, ms: 600_000, samples: 60 }),
  'cold-start': () => measureColdStart(7),
  growth: () => measureGrowth({ sizes: [1_000, 100_000, 1_000_000], calls: 200 }),
  'standing-writes': measureWrites,
  'standing-ticks': () => measureTicks({ sizes: [1_000, 20_000, 100_000], due: 100, trailTicks: 20 }),
  'standing-fills': measureFills,
  'standing-burst': () => measureBursts({ orders: 20_000, owners: 2_500, unitsPerSecond: 1_000 }, [1, 8]),
  'standing-latency': () => measureLatency({ ticks: 2_000, assets: 5, ticksPerSecond: 50 }),
  'standing-speed': () => measureSpeed({ rounds: 9, orders: 400 }),
};

/** DynamoDB Local needs a Java runtime that a machine may lack. */
const ifThere = (figures: Promise<Figure[]>): Promise<Figure[]> =>
  figures.catch((error: unknown) => {
    process.stderr.write(`Left out: ${String(error)}\n`);
    return [];
  });

const { values } = parseArgs({
  options: { short: { type: 'boolean', default: false }, only: { type: 'string', multiple: true } },
});
const { short, only = parts } = values;
const isAskedFor = (part: string, name: string) => part === name || part.startsWith(`${name}-`);
const unknown = only.filter((name) => !parts.some((part) => isAskedFor(part, name)));
if (unknown.length > 0) throw new Error(`There is no part ${unknown.join(', ')}.\n\n${usage}`);

const figures: Figure[] = [];
for (const part of parts.filter((each) => only.some((name) => isAskedFor(each, name)))) {
  const own = await (short ? shortForm : longForm)[part]();
  process.stdout.write(`${await format(markdownTable(part, own), { parser: 'markdown' })}\n`);
  figures.push(...own);
}

const bounds = JSON.parse(await readFile('tools/bench/bounds.json', 'utf8')) as Bound[];
for (const problem of brokenBounds(figures, bounds, short)) {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}
