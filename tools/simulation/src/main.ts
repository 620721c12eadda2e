import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { runInProcesses } from './seeds/run-in-processes.ts';
import { runSeeds } from './seeds/run-seeds.ts';
import { printSeeds } from './seeds/seeds-report.ts';
import { toMessage } from './to-message.ts';

const usage = `usage: node --conditions=@cnop/source tools/simulation/src/main.ts [--seeds N] [--from N] [--seed N] [--processes N] [--json]

Lets many clients trade on a few accounts over a network that fails, in virtual time, and checks that money is neither made nor lost.
  --seeds N       so many seeds, each another run (default 200)
  --from N        the first of them (default 1)
  --seed N        this one only
  --processes N   at the same time (default: one per processor)
  --json          the report as one JSON document
`;

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0) throw new TypeError(`--${name} must be a positive whole number`);
  return Number(text);
}

function readArguments() {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '200' },
      from: { type: 'string', default: '1' },
      seed: { type: 'string' },
      processes: { type: 'string', default: String(availableParallelism()) },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { seed, json, help } = values;

  return {
    json,
    help,
    from: wholeNumber('from', seed ?? values.from),
    seeds: seed === undefined ? wholeNumber('seeds', values.seeds) : 1,
    processes: seed === undefined ? wholeNumber('processes', values.processes) : 1,
  };
}

async function run({ from, seeds, processes, json }: Omit<ReturnType<typeof readArguments>, 'help'>): Promise<void> {
  const start = performance.now();
  const command = process.argv[1] ?? '';
  const report =
    processes === 1 ? await runSeeds({ from, seeds }) : await runInProcesses({ from, seeds, processes, command });
  const durationMs = Math.round(performance.now() - start);

  process.stdout.write(json ? `${JSON.stringify({ report, durationMs })}\n` : `${printSeeds(report, durationMs)}\n`);
  process.exitCode = report.broken.length === 0 ? 0 : 1;
}

try {
  const { help, ...options } = readArguments();

  if (help) process.stdout.write(usage);
  else await run(options);
} catch (error) {
  process.stderr.write(error instanceof TypeError ? `${error.message}\n\n${usage}` : `${toMessage(error)}\n`);
  process.exitCode = 1;
}
